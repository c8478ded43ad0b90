import { base } from './base.js';
import { cards } from './cards.js';
import { controls } from './controls.js';
import { layout } from './layout.js';
import { room } from './room.js';
import { tokens } from './tokens.js';

export const styles = [tokens, base, layout, controls, cards, room];
