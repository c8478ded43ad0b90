import { css } from 'lit';

/** Everything that can be pressed: never under 48 by 48 px, with 8 px between. */
export const controls = css`
  button,
  .number,
  .source,
  .problem a,
  .stack a,
  .record a,
  ::slotted(a) {
    display: inline-flex !important;
    align-items: center;
    min-width: var(--target);
    min-height: var(--target);
    box-sizing: border-box;
  }
  button,
  .number,
  .problem a,
  .stack a,
  ::slotted(a) {
    justify-content: center;
    margin: 0;
    padding: 0.4em 0.9em;
    color: var(--accent) !important;
    background: var(--surface) !important;
    border: 2px solid var(--accent);
    border-radius: var(--round);
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    cursor: pointer;
    /* A press by a shaking finger must not turn into a zoom. */
    touch-action: manipulation;
  }
  button:hover,
  .number:hover,
  .source:hover {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .main,
  .launcher,
  button[aria-pressed='true'],
  button[aria-expanded='true'] {
    color: var(--on-accent) !important;
    background: var(--accent) !important;
  }
  .launcher {
    gap: 0.5em;
    padding: 0.6em 1.1em;
    border-radius: 2em;
    border-color: var(--surface);
    box-shadow: 0 0.2em 0.8em rgb(0 0 0 / 35%);
  }
  .launcher svg {
    flex: none;
    fill: currentColor;
  }
  .composer .main {
    flex: 1;
  }
  #speak {
    flex: 1;
  }
  label {
    font-weight: 600;
  }
  textarea {
    width: 100%;
    min-height: 3em;
    max-height: 9em;
    field-sizing: content;
    padding: 0.4em 0.6em;
    color: var(--ink);
    background: var(--surface);
    border: 2px solid var(--line);
    border-radius: var(--round);
    font: inherit;
    resize: none;
  }
  .notice:empty {
    display: none;
  }
  .suggestions,
  .numbers,
  .sources {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
    padding: 0;
    list-style: none;
  }
  /* Many short numbers, until the country is known: two beside each other leave room to read. */
  .emergency .numbers,
  .urgent .numbers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 8em), 1fr));
  }
  .numbers li {
    display: flex;
  }
  .numbers span {
    font-size: 0.9em;
  }
  .suggestions li,
  .numbers li,
  .sources li {
    margin: 0;
  }
  .suggestion {
    justify-content: flex-start;
    width: 100%;
    text-align: start;
  }
  .number {
    flex-direction: column;
    align-items: flex-start;
    justify-content: flex-start;
    width: 100%;
    padding-inline: 0.7em;
    text-decoration: none;
    text-align: start;
    font-weight: 400;
  }
  .number strong {
    font-size: 1.2em;
  }
  .source {
    flex-direction: column;
    align-items: flex-start;
    justify-content: center;
    width: 100%;
    text-decoration: none;
  }
  a .name {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .source .from {
    color: var(--quiet);
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'],
    button[aria-expanded='true'],
    .main {
      border-width: 4px;
    }
  }
`;
