import type { CommandDescription } from './description.js';
import { positiveNumber, quotas, texts, wholeNumber } from './option-values.js';

// The simulated clouds.

/** `postern simulate`. */
export const simulate: CommandDescription = {
  usage: 'simulate',
  summary: 'serve simulated clouds on this machine',
  options: [
    {
      flags: '--port <port>',
      description: 'port to listen on; 0 selects a free one',
      parse: wholeNumber(0, 65_535),
      fallback: 4010,
    },
    { flags: '--speed <factor>', description: 'simulated seconds per real second', parse: positiveNumber, fallback: 1 },
    {
      flags: '--seed <number>',
      description: 'seed for IDs and random events',
      parse: wholeNumber(0, 2 ** 32),
      fallback: 1,
    },
    { flags: '--no-throttle', description: 'remove rate limits; quotas and conflicts stay' },
    { flags: '--quota <name=number>', description: 'change a quota (repeatable)', parse: quotas },
    {
      flags: '--deny <operation>',
      description: 'deny this operation to every caller, as a missing permission does (repeatable)',
      parse: texts,
    },
    {
      flags: '--snapshot <file>',
      description: 'start from this snapshot, at its time; - is standard input',
    },
    {
      flags: '--data-path-delay <seconds>',
      description: 'simulated seconds until a changed gateway serves the change; by default 0.5 to 5, by the seed',
      parse: wholeNumber(0, 3_600),
    },
    { flags: '--account <id>', description: 'the AWS account; by default 111122223333' },
    { flags: '--alibaba-account <id>', description: 'the Alibaba Cloud account; by default 1111222233334444' },
    { flags: '--verify-signatures', description: 'refuse calls that are not signed with a --key' },
    {
      flags: '--key <id:secret>',
      description: 'credentials to accept, or those of @FILE or @env:NAME (repeatable)',
      parse: texts,
    },
    {
      flags: '--allow-host <name>',
      description: 'accept this name in Host headers, in addition to loopback names (repeatable)',
      parse: texts,
    },
  ],
  renamed: { '--from': '--snapshot' }, // in migrate, --from names a link
  examples: [
    'postern simulate --port 4010 --speed 60 --seed 7',
    'postern simulate --no-throttle --quota vpc-links=20',
    'postern simulate --deny CreateVpcLink --deny DescribeRouteTables',
    'postern simulate --allow-host host.docker.internal',
    'postern snapshot --region eu-west-1 -o now.json && postern simulate --snapshot now.json',
    'POSTERN_SIMULATOR=http://127.0.0.1:4010 postern apply',
    'aws --endpoint-url http://127.0.0.1:4010 apigatewayv2 get-vpc-links',
  ],
  load: () => import('../commands/machine/simulate.js'),
};
