import { css } from 'lit';

/** Where things stand: launcher, panel, header, log, composer. */
export const layout = css`
  .floating {
    position: fixed;
    inset: auto 1rem 1rem auto;
    z-index: 2147483647;
    overflow: visible;
    background: transparent;
  }
  .floating.aside {
    inset: auto auto 1rem 1rem;
  }
  .panel {
    display: flex;
    flex-direction: column;
    overflow: auto;
    container: panel / size;
    color: var(--ink);
    background: var(--surface);
    border: 2px solid var(--line);
    border-radius: var(--round);
  }
  .floating .panel {
    position: fixed;
    inset: auto 1rem 1rem auto;
    width: min(27em, 100vw - 2rem);
    height: min(44em, 100vh - 2rem);
    height: min(44em, 100dvh - 2rem);
    box-shadow: 0 0.5em 2em rgb(0 0 0 / 25%);
  }
  .inline .panel {
    position: relative;
    height: min(40em, 90vh);
    min-height: 22em;
  }
  @media (max-width: 640px), (max-height: 500px) {
    .floating .panel {
      inset: 0;
      width: 100%;
      height: 100%;
      border-radius: 0;
      border-width: 0;
    }
  }
  /* Seen when the keyboard reaches it. */
  .skip {
    position: absolute;
    z-index: 1;
    inset-block-start: 0.5em;
    inset-inline-start: 0.5em;
    opacity: 0;
    pointer-events: none;
  }
  .skip:focus {
    opacity: 1;
    pointer-events: auto;
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap);
    padding: var(--gap) 0.75em;
    border-bottom: 2px solid var(--line);
  }
  .chat {
    display: flex;
    flex: 1 0 auto;
    flex-direction: column;
    height: 16em;
  }
  .log {
    /* What is hidden but read aloud must scroll with it, or it lengthens the panel. */
    position: relative;
    flex: 1 1 0;
    min-height: 8em;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 0.75em;
    background: var(--tint);
  }
  .log > * + * {
    margin-top: 0.75em;
  }
  .composer {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
    padding: 0.6em 0.75em 0.75em;
    border-top: 2px solid var(--line);
  }
  /* In the largest sizes the words to read need the room more than the buttons around them. */
  .header,
  .composer label,
  .composer .row {
    font-size: min(1em, calc(var(--base) * 1.4));
  }
  .header h2 {
    flex: 1 1 5.5em;
    font-size: 1.05em;
  }
  .header button {
    padding-inline: 0.7em;
  }
  .pane {
    position: relative;
    flex: 1 0 auto;
    height: 20em;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 1em;
  }
  .pane > * + * {
    margin-top: 0.75em;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap);
  }
  .stack {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
  }
  .record {
    padding: 1em;
    border: 1px solid var(--line);
  }
  .record * + * {
    margin-top: 0.5em;
  }
  @media print {
    .root {
      display: none;
    }
  }
`;
