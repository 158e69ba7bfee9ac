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

checkTable(linkAccess, {
  'nothing is declared': [() => world(undefined, 'internet'), 'nothing'],
  'the entrance that is declared': [() => world('intranet', 'network'), 'pass ACCESS_FITS'],
  both: [() => world('both', 'both'), 'pass ACCESS_FITS'],
  'callers in the VPC, and a gateway of the internet only': [
    () => world('both', 'internet'),
    'error ACCESS_LACKING',
    { says: ['gw-1', 'its VPC'], remedy: 'access: both' },
  ],
  'an entrance that is not declared': [() => world('intranet', 'both'), 'warning ACCESS_WIDER', 'the internet'],
  'a gateway that shows no load balancer': [() => world('internet'), 'unknown ACCESS_NOT_READ'],
});
