import { ServerError, type Client } from './client.js';
import type { TabStore } from './store.js';

/**
 * Conversations this tab can't go on with, because their tokens have run out. Nothing can show
 * them again, so the server need not keep them: it still deletes for whoever holds the old token.
 */
export class Leftovers {
  constructor(
    private readonly client: Client,
    private readonly store: TabStore,
  ) {}

  /** Gives up a token, but not the means to delete what it began. */
  leave(token: string): void {
    if (this.store.get('token') !== token) return;
    this.store.set({ token: '', former: [...this.store.get('former'), token] });
  }

  /** Deletes them on the server. What fails stays noted for the next time. */
  async clear(): Promise<void> {
    for (const token of this.store.get('former')) {
      await this.client.delete(token).catch((error: unknown) => {
        // A token that is refused here too can delete nothing, now or later.
        if (!isUnknownToken(error)) throw error;
      });
      this.store.set({ former: this.store.get('former').filter((one) => one !== token) });
    }
  }
}

export const isUnknownToken = (error: unknown): boolean =>
  error instanceof ServerError && error.status === 401;

/** Of all refused tokens only this code says that nothing is stored under it any more. */
export const isGone = (error: unknown): boolean =>
  isUnknownToken(error) && (error as ServerError).code === 'ended';
