import { describeColdStart } from '../../testing/test/adapters/cold-start.js';

describeColdStart({ name: 'aws', region: 'eu-west-1', external: ['@aws-sdk/*'], missing: '@aws-sdk/client-sts' });
