import { zoneServed } from '../../../../src/check/checks/link/zone-served.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { aws, withhold } from '../world.js';
import { edit } from '../edits.js';

const unserved = edit({ 'zones.euw1-az2.servesLinks': false });
checkTable(zoneServed, {
  'all zones serve links': [aws(), 'pass ZONE_SERVED'],
  'the creation of a link there would be refused; suitable subnets are named': [
    aws(unserved, declared(['subnet-a', 'subnet-b'])),
    'error ZONE_NOT_SERVED',
    { subject: 'link eu, subnet-b', evidence: 'subnet-b', remedy: ['subnet-c (euw1-az3)', 'subnet-lb-a (euw1-az1)'] },
  ],
  'an existing link could not be replaced there': [aws(unserved), 'warning ZONE_NOT_SERVED', { evidence: 'subnet-b' }],
  'no zone of the region serves links: none of its subnets is suitable': [
    aws({ 'zones.*.servesLinks': false }, declared(['subnet-a', 'subnet-b'])),
    'error ZONE_NOT_SERVED',
    { evidence: 'subnet-a', remedy: ['Use another region', 'no zone of eu-west-1'] },
  ],
  'the zones of this region are not documented': [
    aws({ 'zones.*.servesLinks': undefined }),
    'unknown warning ZONE_NOT_READ',
  ],
  'they are not documented, and the link is to be created: most zones serve links': [
    aws({ 'zones.*.servesLinks': undefined }, declared(['subnet-a', 'subnet-b'])),
    'unknown warning ZONE_NOT_READ',
  ],
  'zones could not be read': [
    aws(withhold('zones', 'ec2:DescribeAvailabilityZones')),
    'unknown ZONE_NOT_READ',
    { evidence: 'ec2:DescribeAvailabilityZones' },
  ],
});
