import { quotaRequests, reportOption, wholeNumber } from '../../grammar/options.js';
import {
  cloud,
  pictureFormat,
  pictureOutput,
  profile,
  provider,
  region,
  reportFormats,
  snapshotFile,
  yes,
} from '../../grammar/shared-options.js';

// Commands that compare needs with what clouds allow.

/** `postern advise`. */
export const advise = {
  usage: 'advise [file]',
  summary: 'compare the options for services: quotas, cost, independence, a spec',
  options: [
    provider,
    region,
    {
      flags: '--snapshot <file>',
      description: 'quotas and resources of this snapshot; without a file of needs, also the needs of its routes',
    },
    { flags: '--example', description: 'print needs to start from' },
    { flags: '--fragment <option>', description: 'print the spec of this option, such as http-v2, as YAML' },
    ...reportFormats,
    reportOption('text', 'json', 'sarif', 'junit', 'md'),
    {
      flags: '--now <date>',
      description: "compare retirement dates with this date, not with today's or the snapshot's",
    },
    cloud,
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
    provider,
    region,
    profile,
    snapshotFile,
    { flags: '--full', description: 'show every link, gateway and load balancer, not only the fullest one' },
    {
      flags: '--watch-at <percent>',
      description: 'exit with 3 where a quota is used to this share or more',
      parse: wholeNumber(1, 100),
    },
    {
      flags: '--request <name[=number]>',
      description: 'request this value of a quota (repeatable); without a number: show what was requested',
      parse: quotaRequests,
    },
    cloud,
    yes,
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
    region,
    {
      flags: '--snapshot <file>',
      description: 'draw this snapshot; with a spec: the spec in it, with what findings block; - is standard input',
    },
    { flags: '--live', description: 'read the cloud: draw the spec in its current state, with what findings block' },
    profile,
    { flags: '--changes', description: 'with --live or a spec and a snapshot: draw what would change' },
    { ...pictureFormat, fallback: 'svg' },
    pictureOutput,
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
