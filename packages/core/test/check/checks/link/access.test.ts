import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { gatewayWorld } from '../target/cloud-native.js';
import { checkTable } from '../run-check.js';

const linkAccess = named('link/access');

/** A gateway whose spec declares `access`, with the entrances that it has. */
const world = (access?: string, callersFrom?: string) =>
  gatewayWorld(({ the, linkSpec }) => {
    Object.assign(the('links', 'gw-1'), { settings: { callersFrom } });
    Object.assign(linkSpec, { native: { access } });
  });

describe('link/access', () => {
  checkTable(linkAccess, [
    { why: 'nothing is declared', world: () => world(undefined, 'internet'), verdict: 'nothing' },
    { why: 'the entrance that is declared', world: () => world('intranet', 'network'), verdict: 'pass' },
    { why: 'both', world: () => world('both', 'both'), verdict: 'pass' },
    {
      why: 'callers in the VPC, and a gateway of the internet only',
      world: () => world('both', 'internet'),
      verdict: 'fail',
      severity: 'error',
      says: ['gw-1', 'its VPC'],
      remedy: ['access: both'],
    },
    {
      why: 'an entrance that is not declared',
      world: () => world('intranet', 'both'),
      verdict: 'fail',
      severity: 'warning',
      says: ['the internet'],
    },
    { why: 'a gateway that shows no load balancer', world: () => world('internet'), verdict: 'unknown' },
  ]);
});
