import { named } from '../all-checks.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { aws } from '../world.js';

const targetRegion = named('target/region');

checkTable(targetRegion, {
  'its own': [aws(), 'pass RIGHT_PLACE'],
  'another region': [
    aws(refer({ listener: LISTENER.replace('eu-west-1', 'us-east-1') })),
    'error OTHER_REGION',
    { says: 'us-east-1', remedy: 'eu-west-1' },
  ],
});
