import { css } from 'lit';

/** Replies, and the patient's own words. */
export const cards = css`
  .card,
  .said,
  .problem {
    padding: 0.75em;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--round);
  }
  .card > * + *,
  .said > * + *,
  .problem > * + *,
  .text > * + * {
    margin-top: 0.6em;
  }
  .said {
    margin-inline-start: 1.5em;
    border-inline-end: 0.35em solid var(--accent);
  }
  .said .text {
    white-space: pre-wrap;
  }
  .who {
    color: var(--quiet);
    font-size: 0.85em;
    font-weight: 600;
  }
  .who + * {
    margin-top: 0.2em !important;
  }
  .understood {
    display: block;
    color: var(--quiet);
    font-size: 0.8em;
    font-weight: 400;
  }
  .from,
  .disclaimer,
  .fact {
    font-size: 0.9em;
  }
  .disclaimer {
    padding-inline-start: 0.75em;
    border-inline-start: 0.25em solid var(--line);
  }
  .problem {
    border: 2px solid var(--emergency);
  }
  .note {
    padding: 0.5em;
  }
  .alert {
    border-width: 3px;
    border-inline-start-width: 0.6em;
  }
  .alert .who {
    display: inline-block;
    padding: 0.1em 0.6em;
    color: var(--on-alert);
    background: var(--alert);
    border: 1px solid transparent;
    border-radius: 0.3em;
    font-size: 1em;
  }
  .alert h3 {
    font-size: 1.3em;
  }
  .alert .number {
    color: var(--on-alert) !important;
    background: var(--alert) !important;
    border-color: var(--alert);
    font-size: 1.1em;
  }
  .alert {
    background: var(--alert-tint);
    border-color: var(--alert);
  }
  .emergency {
    --alert: var(--emergency);
    --alert-tint: var(--emergency-tint);
  }
  .urgent {
    --alert: var(--urgent);
    --alert-tint: var(--urgent-tint);
  }
  .crisis {
    --alert: var(--crisis);
    --alert-tint: var(--crisis-tint);
  }
`;
