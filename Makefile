# The one entrance. `make run` and `make test` set up all they need.

# TensorFlow and Rasa are thousands of files: where Python may not keep them compiled, every process
# compiles them anew, which takes half a minute each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check train setup lock bench report

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/'

run: setup ## set up, train what changed, start the bot and say where to open it
	@.venv/bin/askmyo serve

test: setup ## set up and run every check and test
	@scripts/test

check: setup ## style, types and the answer set only: no model
	@scripts/check

train: setup ## build what is missing or out of date
	@.venv/bin/askmyo train

bench: setup train ## measure against the stock pipeline; public sets from BENCH_DATA
	@.venv/bin/python -m bench

report: setup train ## write the testers' page, build/report.html
	@.venv/bin/askmyo report

setup: ## install what the locks name
	@scripts/setup

lock: ## write the locks anew after editing pyproject.toml
	@scripts/lock
