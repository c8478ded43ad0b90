/** Puts the floating part above the page, whatever z-index the page uses. */
export function stayOnTop(root: HTMLElement | null): void {
  // Without the popover API the style sheet's z-index has to do.
  if (!root?.isConnected || typeof root.showPopover !== 'function') return;
  if (!root.matches(':popover-open')) root.showPopover();
}

/** Whether `cover` lies over some, or all, of `target` on the screen. */
export function isCovering(
  cover: HTMLElement | null,
  target: HTMLElement,
  part: 'some' | 'all',
): boolean {
  if (!cover) return false;
  const over = cover.getBoundingClientRect();
  const under = target.getBoundingClientRect();
  if (!under.width || !under.height) return false;
  if (part === 'some') {
    return (
      over.left < under.right &&
      over.right > under.left &&
      over.top < under.bottom &&
      over.bottom > under.top
    );
  }
  return (
    over.left <= under.left &&
    over.right >= under.right &&
    over.top <= under.top &&
    over.bottom >= under.bottom
  );
}

/** Scrolls to where a reply begins, inside the panel only: the page stays where it is. */
export function bringIntoView(log: HTMLElement | null, reply: HTMLElement | null): void {
  if (!log || !reply) return;
  // With very large text the panel scrolls too, and may have left the log behind.
  const panel = log.closest('.panel');
  if (panel) panel.scrollTop = Math.min(panel.scrollTop, log.offsetTop);
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const top = reply.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
  log.scrollTo({ top: top - 8, behavior: still ? 'auto' : 'smooth' });
}
