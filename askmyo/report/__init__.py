"""The testers' report: how well the trained model understands messages it never trained on."""
