import { MOVE_ROWS } from './move-rows.js';
import { describeSameEnd } from './same-end.js';
import { sample } from '../../../core/test/runs.js';

describeSameEnd(sample(MOVE_ROWS, 6));
