import { named } from '../all-checks.js';
import { LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { refer } from './reference.js';
import { aws, alibaba, withhold } from '../world.js';

const targetAccount = named('target/account');

const elsewhere = refer({ listener: LISTENER.replace('111122223333', '444455556666') });
checkTable(targetAccount, {
  'its own': [aws(), 'pass RIGHT_PLACE', { evidence: LISTENER }],
  'another account': [aws(elsewhere), 'error OTHER_ACCOUNT', { says: '444455556666', remedy: 'account 111122223333' }],
  'the region of the link, and so its account, could not be read': [
    aws(elsewhere, { unread: { code: 'PERMISSION_DENIED', message: 'denied' } }, withhold('links', 'apigateway:GET')),
    'unknown ACCOUNT_NOT_READ',
  ],
  'no ARNs on Alibaba Cloud': [alibaba(), 'nothing'],
});
