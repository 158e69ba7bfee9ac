import {
  admitsToday,
  hasTwoHops,
  isService,
  isShut,
  leadsBy,
  shutsServers,
  throughEndpoint,
  throughNat,
  toService,
  twoHops,
} from './edits.js';
import type { AlibabaWorld } from './parts.js';
import type { AlibabaTheme, Called } from './themes.js';
import { deniesOnePort, namesToday } from '../finished-world.js';
import type { Situation } from '../situation.js';

/** Situations on Alibaba Cloud that an evaluator once judged incorrectly. Each occurs in at least 2 % of the worlds. */
export const ALIBABA_SITUATIONS: readonly Situation<AlibabaWorld, AlibabaTheme, Called>[] = [
  { row: 'P8', what: "today's addresses", on: { 'group-in': 'even' }, edit: admitsToday, isIn: namesToday },
  { row: 'P10', what: "a service's interface", on: { priority: 'even' }, edit: toService, isIn: isService },
  { row: 'P11', what: 'two next hops', on: { advanced: 'all' }, edit: twoHops, isIn: hasTwoHops },
  { row: 'P12', what: 'servers drop calls', on: { 'listener-acl': 'even' }, edit: shutsServers, isIn: isShut },
  { row: 'F1', what: 'an endpoint', on: { 'no-route': 'even' }, edit: throughEndpoint, isIn: leadsBy('endpoint') },
  {
    row: 'F2',
    what: 'a NAT gateway',
    on: { 'group-in': 'odd', 'group-out': 'odd' },
    edit: throughNat,
    isIn: leadsBy('nat'),
  },
  { row: 'F4', what: 'one denied port', isIn: deniesOnePort },
];
