import { named } from '../all-checks.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { aws } from '../world.js';
import { edit } from '../edits.js';

const sharedSubnet = named('link/shared-subnet');

const shared = edit({ 'subnets.subnet-a.account': '999988887777' });
checkTable(sharedSubnet, {
  'it has a group': [aws(shared), 'pass HAS_GROUPS'],
  'no subnet is shared': [aws(declared(['subnet-b'], [])), 'pass NOT_SHARED'],
  'refused: a shared subnet requires a group': [
    aws(shared, declared(['subnet-a', 'subnet-b'], [])),
    'error SHARED_WITHOUT_GROUP',
    { says: '999988887777', evidence: 'subnet-a', remedy: 'links.eu.securityGroups' },
  ],
  'the owner of the subnet was not read': [
    aws({ 'subnets.subnet-b.account': undefined }, declared(['subnet-b'], [])),
    'unknown SUBNETS_NOT_READ',
  ],
});
