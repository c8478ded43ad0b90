import { css } from 'lit';

const light = css`
  --surface: var(--ask-myo-surface, #ffffff);
  --tint: var(--ask-myo-tint, #eef4f4);
  --ink: var(--ask-myo-ink, #16262b);
  --quiet: var(--ask-myo-quiet, #42565c);
  --line: var(--ask-myo-line, #6b8087);
  --accent: var(--ask-myo-accent, #0b5563);
  --on-accent: var(--ask-myo-on-accent, #ffffff);
  --emergency: #a3161c;
  --emergency-tint: #fdefee;
  --urgent: #7a4700;
  --urgent-tint: #fdf3e3;
  --crisis: #4b2e83;
  --crisis-tint: #f3effb;
  --on-alert: #ffffff;
  color-scheme: light;
`;

const dark = css`
  --surface: var(--ask-myo-dark-surface, #12191c);
  --tint: var(--ask-myo-dark-tint, #1f2a2e);
  --ink: var(--ask-myo-dark-ink, #f1f6f7);
  --quiet: var(--ask-myo-dark-quiet, #bccbd0);
  --line: var(--ask-myo-dark-line, #8ba0a7);
  --accent: var(--ask-myo-dark-accent, #8fd6e2);
  --on-accent: var(--ask-myo-dark-on-accent, #08262c);
  --emergency: #ffb3ae;
  --emergency-tint: #3a1413;
  --urgent: #ffcf87;
  --urgent-tint: #352408;
  --crisis: #d3c1ff;
  --crisis-tint: #261a40;
  --on-alert: #12191c;
  color-scheme: dark;
`;

/** Colors and sizes. A host page sets the --ask-myo- ones; the rest is ours. */
export const tokens = css`
  :host {
    display: block !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  .root {
    ${light}
    /* A page may set a tiny root size; a reader may have chosen a larger one. */
    --base: var(--ask-myo-font-size, max(18px, 1.125rem));
    --gap: max(8px, 0.5em);
    --target: max(48px, 2.75em);
    --round: 0.5em;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([scheme='light'])) .root {
      ${dark}
    }
  }
  :host([scheme='dark']) .root {
    ${dark}
  }
  .size-100 {
    --size: 1;
  }
  .size-125 {
    --size: 1.25;
  }
  .size-150 {
    --size: 1.5;
  }
  .size-175 {
    --size: 1.75;
  }
  .size-200 {
    --size: 2;
  }
`;
