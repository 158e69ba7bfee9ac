import {
  asksForMoreHealthy,
  asksForToken,
  atInterface,
  behindAddresses,
  hasFewerHealthy,
  hasToken,
  isAtInterface,
  isBehindAddresses,
} from './balancer-situations.js';
import { reachesBy } from './far-targets.js';
import type { AwsWorld } from './parts.js';
import {
  hasTwoLists,
  inspected,
  isInspected,
  leadsBy,
  throughEndpoint,
  throughNat,
  twoLists,
} from './route-situations.js';
import type { AwsTheme, Built } from './themes.js';
import { admitsToday, fillsSubnet, isFull } from './today.js';
import { deniesOnePort, namesToday } from '../finished-world.js';
import type { Situation } from '../situation.js';

/** Situations on AWS that an evaluator once judged incorrectly. Each occurs in at least 2 % of the worlds. */
export const AWS_SITUATIONS: readonly Situation<AwsWorld, AwsTheme, Built>[] = [
  { row: 'P6', what: 'a token is required', on: { rules: 'even' }, edit: asksForToken, isIn: hasToken },
  {
    row: 'P7',
    what: 'the targets are a load balancer',
    on: { backend: 'even', listener: 'odd' },
    edit: behindAddresses,
    isIn: isBehindAddresses,
  },
  { row: 'P8', what: "today's addresses", on: { 'group-in': 'even' }, edit: admitsToday, isIn: namesToday },
  { row: 'P9', what: 'too few are healthy', on: { health: 'all' }, edit: asksForMoreHealthy, isIn: hasFewerHealthy },
  { row: 'P10', what: "another balancer's address", on: { listener: 'even' }, edit: atInterface, isIn: isAtInterface },
  { row: 'P11', what: 'two lists, one block', on: { peering: 'even' }, edit: twoLists, isIn: hasTwoLists },
  { row: 'F1', what: 'an endpoint', on: { 'no-route': 'even' }, edit: throughEndpoint, isIn: leadsBy('endpoint') },
  { row: 'F2', what: 'a NAT gateway', on: { nat: 'all' }, edit: throughNat, isIn: leadsBy('nat') },
  { row: 'F3', what: 'an inspection VPC', on: { transit: 'even' }, edit: inspected, isIn: isInspected },
  { row: 'F6', what: 'targets behind a transit gateway', isIn: reachesBy('transit-gateway') },
  { row: 'F7', what: 'targets behind a NAT gateway', isIn: reachesBy('nat') },
  { row: 'F4', what: 'one denied port', isIn: deniesOnePort },
  { row: 'F5', what: 'a full subnet', on: { 'group-out': 'all' }, edit: fillsSubnet, isIn: isFull },
];
