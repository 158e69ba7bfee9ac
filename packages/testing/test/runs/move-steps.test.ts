import { MOVE_ROWS } from './move-rows.js';
import { describeSameEnd } from './same-end.js';

describeSameEnd(MOVE_ROWS);
