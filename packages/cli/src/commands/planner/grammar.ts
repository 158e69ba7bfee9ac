import { option, quotaRequests, reportOption, wholeNumber } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

// Commands that compare needs with what clouds allow.

/** `postern advise`. */
export const advise = {
  usage: 'advise [file]',
  summary: 'compare the options for services: quotas, cost, independence, a spec',
  options: [
    shared.provider,
    shared.region,
    option(
      '--snapshot <file>',
      'quotas and resources of this snapshot; without a file of needs, also the needs of its routes',
    ),
    option('--example', 'print needs to start from'),
    option('--fragment <option>', 'print the spec of this option, such as http-v2, as YAML'),
    ...shared.reportFormats,
    reportOption('text', 'json', 'sarif', 'junit', 'md'),
    option('--now <date>', "compare retirement dates with this date, not with today's or the snapshot's"),
    shared.cloud,
  ],
  examples: [
    'postern advise --example > needs.yaml',
    'postern advise needs.yaml',
    'postern advise needs.yaml --snapshot snapshot.json --json',
    'postern advise needs.yaml --fragment rest-v2 > postern.yaml',
    'postern advise needs.yaml --report sarif=advice.sarif --report junit=advice.xml',
    'postern advise postern.yaml',
    'postern advise --snapshot snapshot.json --region eu-west-1',
  ],
} as const;

/** `postern quotas`. */
export const quotas = {
  usage: 'quotas',
  summary: 'show how much of its quotas an account uses, and what makes them grow',
  options: [
    shared.provider,
    shared.region,
    shared.profile,
    shared.snapshotFile,
    option('--full', 'show every link, gateway and load balancer, not only the fullest one'),
    option('--watch-at <percent>', 'exit with 3 where a quota is used to this share or more', {
      parse: wholeNumber(1, 100),
    }),
    option(
      '--request <name[=number]>',
      'request this value of a quota (repeatable); without a number: show what was requested',
      { parse: quotaRequests },
    ),
    shared.cloud,
    shared.yes,
  ],
  examples: [
    'postern quotas --region eu-west-1',
    'postern quotas --region eu-west-1 --request vpc-links=20',
    'postern quotas --region eu-west-1 --request vpc-links',
    'postern quotas --region eu-west-1 --watch-at 80',
    'postern quotas --snapshot snapshot.json --json',
  ],
} as const;

/** `postern graph`. */
export const graph = {
  usage: 'graph [spec]',
  summary: 'draw what a spec declares or a snapshot has, and what findings block',
  options: [
    shared.region,
    option(
      '--snapshot <file>',
      'draw this snapshot; with a spec: the spec in it, with what findings block; - is standard input',
    ),
    option('--live', 'read the cloud: draw the spec in its current state, with what findings block'),
    shared.profile,
    option('--changes', 'with --live or a spec and a snapshot: draw what would change'),
    { ...shared.pictureFormat, fallback: 'svg' },
    shared.pictureOutput,
  ],
  examples: [
    'postern graph postern.yaml --format mermaid',
    'postern graph --live -o shop.svg',
    'postern graph --live --changes -o changes.svg',
    'postern graph --snapshot snapshot.json -o account.svg',
    'postern graph postern.yaml --snapshot snapshot.json --format html -o blocked.html',
    'postern graph postern.yaml --snapshot snapshot.json --changes -o changes.svg',
  ],
} as const;
