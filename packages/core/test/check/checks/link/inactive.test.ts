import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { aws, alibaba } from '../world.js';

const linkInactive = named('link/inactive');

checkTable(linkInactive, {
  ready: [aws(), 'pass ACTIVE'],
  'sixty days without a call': [
    aws({ 'links.vlink-1': { state: 'inactive', nativeState: 'INACTIVE' } }),
    'error INACTIVE',
    { says: 'sixty days', evidence: 'vlink-1', remedy: 'Call one of its routes' },
  ],
  'instances have no INACTIVE state': [alibaba(), 'nothing'],
});
