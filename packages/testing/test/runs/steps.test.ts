import { rowsOf } from './command-table.js';
import { KINDS } from './kinds.js';
import { describeSameEnd } from './same-end.js';

describeSameEnd(KINDS.flatMap(rowsOf));
