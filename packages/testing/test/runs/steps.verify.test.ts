import { rowsOf } from './command-table.js';
import { KINDS } from './kinds.js';
import { describeSameEnd } from './same-end.js';
import { sample } from '../../../core/test/runs.js';

describeSameEnd(sample(KINDS.flatMap(rowsOf), 8));
