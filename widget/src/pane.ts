/** What the panel shows below its header. */
export type Pane = 'chat' | 'tools' | 'consent' | 'delete' | 'record';

/** One press on 'Helpful' or 'Not helpful'. */
export interface Vote {
  helpful: boolean;
  state: 'saving' | 'saved' | 'failed';
}
