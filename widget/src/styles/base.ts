import { css } from 'lit';

/** Text and focus. all: initial stops what the host page would pass down. */
export const base = css`
  .root {
    all: initial;
    display: block;
    box-sizing: border-box;
    color: var(--ink);
    font-family: var(
      --ask-myo-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Liberation Sans',
      Arial,
      sans-serif
    );
    font-size: calc(var(--base) * var(--size));
    line-height: 1.5;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .root * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul {
    margin: 0;
  }
  h1,
  h2,
  h3 {
    font-size: 1.15em;
    line-height: 1.3;
  }
  h4 {
    font-size: 1em;
  }
  ul {
    padding-inline-start: 1.25em;
  }
  li + li {
    margin-top: 0.25em;
  }
  a {
    color: var(--accent);
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus {
    outline: none;
  }
  /* Two colors, so that it shows on any surface. */
  :focus-visible,
  .log:focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--surface);
  }
  .panel:focus-visible,
  .log:focus-visible,
  .pane:focus-visible {
    outline-offset: -3px;
    box-shadow: none;
  }
`;
