import { option, duration, texts, reportOption } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

export const handedOver = [
  option('--stage <name>', 'only this stage (repeatable); by default all on which an API is published', {
    parse: texts,
  }),
  option('--variable <stage.name=value>', 'value of a stage variable: no operation returns it (repeatable)', {
    parse: texts,
  }),
  option(
    '--gateway <id>',
    'a gateway that exists and is to be the target; STAGE=ID where there are several stages (repeatable)',
    { parse: texts },
  ),
  option('--waive <item=reason>', 'go on without this: api/nonce, or api/nonce:NAME, and why (repeatable)', {
    parse: texts,
  }),
] as const;

const source = [
  shared.regionToRead,
  ...handedOver,
  option('--source <file>', 'read the group from this file, without any call'),
  option('--save-source <file>', 'save what was read of the group to this file', { writes: true }),
  option('--now <date>', 'count deadlines from this date, not from the time of reading'),
] as const;

export const vswitch = option(
  '--vswitch <id>',
  'buy a gateway in this vSwitch for a stage without one (repeatable, one for each zone)',
  { parse: texts },
);
export const certificate = option(
  '--certificate <domain=id>',
  'certificate of Certificate Management Service for a domain (repeatable)',
  { parse: texts },
);
export const accept = option(
  '--accept <route>',
  'go on where this route cannot be called, or a header or the body differs (repeatable)',
  { parse: texts },
);
export const keepAlive = option(
  '--keep-alive <duration>',
  'the longest time for which a client keeps a connection: 15m, 2h; by default 1h',
  { parse: duration },
);

export const assess = {
  usage: 'assess [group]',
  summary:
    'report what becomes of an API group on Cloud-native API Gateway; exit with 3 if something is blocked or unknown',
  options: [
    ...source,
    ...shared.reportFormats,
    reportOption('text', 'json', 'sarif', 'junit', 'md', 'html'),
    option('--html <file>', 'also write an HTML page to this file', { writes: true }),
  ],
  examples: [
    'postern handover assess 0f1e2d3c --region cn-hangzhou',
    'postern handover assess 0f1e2d3c --stage RELEASE --gateway gw-d41d8cd9 --html assessment.html',
    'postern handover assess 0f1e2d3c --waive "api/nonce:orders=the backend is idempotent"',
    'postern handover assess 0f1e2d3c --variable RELEASE.HOST=10.10.0.7 --json',
    'postern handover assess --source shop.json --md',
    'postern handover assess 0f1e2d3c --report sarif=shop.sarif --report junit=shop.xml',
  ],
} as const;

export const plan = {
  usage: 'plan [group]',
  summary:
    'show what a hand-over builds, what it costs, and up to where it can be undone; exit with 3 if it cannot be planned',
  options: [
    ...source,
    vswitch,
    option('--type <name>', 'type of a gateway that is bought: apigw.medium.x1'),
    option('--prepaid', 'buy by subscription, not pay-as-you-go'),
    certificate,
    option('-o, --output <file>', 'save the plan', { writes: true }),
  ],
  examples: [
    'postern handover plan 0f1e2d3c --region cn-hangzhou --stage RELEASE --gateway gw-d41d8cd9 -o handover.json',
    'postern handover plan 0f1e2d3c --vswitch vsw-bp1j --vswitch vsw-bp1k --type apigw.medium.x1',
    'postern handover plan --source shop.json --gateway RELEASE=gw-1 --gateway TEST=gw-2 --json',
    'postern handover plan 0f1e2d3c --gateway gw-d41d8cd9 --certificate api.example.com=1234567-cn-hangzhou',
  ],
} as const;

export const audit = {
  usage: 'audit <group>',
  summary:
    "compare a group with its target after the provider's own tool: what was reused, skipped or lost; exit with 3 if something was",
  options: [
    shared.regionToRead,
    option('--stage <name>', 'the stage that was handed over; default RELEASE', { parse: texts }),
    option('--gateway <id>', 'the target', { parse: texts }),
    option('-o, --output <file>', 'write the report to this file', { writes: true }),
  ],
  examples: [
    'postern handover audit 0f1e2d3c --region cn-hangzhou --gateway gw-d41d8cd9',
    'postern handover audit 0f1e2d3c --stage TEST --gateway gw-d41d8cd9 --json',
  ],
} as const;

const variableAsPlanned = option(
  '--variable <stage.name=value>',
  'value of a stage variable, as for the plan (repeatable)',
  { parse: texts },
);

export const run = {
  usage: 'run <plan>',
  summary: 'build and publish what a saved plan has on the target; DNS and the classic group are not changed',
  options: [shared.yes, shared.allowPurchase, variableAsPlanned],
  examples: [
    'postern handover run handover.json',
    'postern handover run handover.json --yes --allow-purchase',
    'postern handover run handover.json --yes --json',
  ],
} as const;

export const prove = {
  usage: 'prove <plan>',
  summary:
    'call every route on the target with the production host and compare it with the classic group; exit with 3 if one is not proven',
  options: [
    option('--call <route=path>', 'path that the backend of a route answers (repeatable)', { parse: texts }),
    accept,
    option('-o, --output <file>', 'write the proof as JSON to this file', { writes: true }),
  ],
  examples: [
    'postern handover prove handover.json',
    'postern handover prove handover.json --call orders-id=/orders/7 --accept items -o proof.json',
    'postern handover prove handover.json --json',
  ],
} as const;

const resolver = option(
  '--resolver <address>',
  'also ask this DNS server for records that the account does not have (repeatable)',
  { parse: texts },
);
const wait = option(
  '--wait-for-dns <duration>',
  'wait so long for a record that is changed by hand: 15m, 2h; by default 1h',
  { parse: duration },
);

export const switchOver = {
  usage: 'switch <plan>',
  summary:
    'send callers to the target by DNS, in steps of 1, 10, 50 and 100 %; go back where calls fail; exit with 3 while it waits',
  options: [
    option('--proof <file>', 'the proof of this plan, from `postern handover prove -o`'),
    shared.yes,
    option(
      '--witness <kind>',
      'what says after each step whether calls fail; calls: those of the proof are repeated; by default with the figures of the cloud beside them',
      { choices: ['all', 'calls', 'none'] },
    ),
    option('--accept-unwatched', 'go on where nothing says whether calls fail'),
    resolver,
    wait,
    variableAsPlanned,
  ],
  examples: [
    'postern handover switch handover.json --proof proof.json',
    'postern handover switch handover.json --proof proof.json --witness calls --yes --json',
    'postern handover switch handover.json --proof proof.json --witness none --accept-unwatched --wait-for-dns 2h',
  ],
} as const;

export const finish = {
  usage: 'finish <plan>',
  summary:
    'show what is left of the classic group after the drain, and remove it with consent; exit with 75 before the drain ends, with 3 while calls come to the group',
  options: [
    shared.yes,
    option('--offline', 'take the APIs of the plan off their stages; they can be published again'),
    option('--delete-apis', 'take the APIs of the plan off their stages, and delete them'),
    option('--delete-domains', 'unbind the custom domains of the plan'),
    option('--delete-group', 'delete the group, when it has no APIs'),
    option('--delete-records', 'delete the former records of DNS, which are disabled'),
    keepAlive,
    option('--accept-unwatched', 'go on where nothing says whether calls come to the classic group'),
    resolver,
  ],
  examples: [
    'postern handover finish handover.json',
    'postern handover finish handover.json --offline',
    'postern handover finish handover.json --delete-apis --delete-domains --delete-group --delete-records --yes --json',
    'postern handover finish handover.json --keep-alive 4h --delete-apis',
  ],
} as const;

export const rollback = {
  usage: 'rollback <plan>',
  summary:
    'send callers back to the classic group by DNS; what was built on the target stays, or is deleted after the drain',
  options: [
    shared.yes,
    option('--delete-built', 'delete what was built on the target; exit with 75 before the drain ends'),
    keepAlive,
    option('--accept-missing', 'go on where the classic group does not serve all APIs of the plan'),
    resolver,
    wait,
  ],
  examples: [
    'postern handover rollback handover.json',
    'postern handover rollback handover.json --delete-built',
    'postern handover rollback handover.json --yes --json',
  ],
} as const;

export const status = {
  usage: 'status <plan>',
  summary: 'show where a hand-over is: what is built, and which part of the answers of DNS lead to the target',
  options: [resolver],
  examples: ['postern handover status handover.json', 'postern handover status handover.json --json'],
} as const;

/** `postern handover`: from API Gateway (Traditional) to its successor. */
export const handover = {
  usage: 'handover',
  summary:
    'hand API groups of Alibaba Cloud over to Cloud-native API Gateway; run builds the target, switch and rollback change DNS, finish removes the group',
  examples: [
    'postern handover assess 0f1e2d3c --region cn-hangzhou --html assessment.html',
    'postern handover plan 0f1e2d3c --region cn-hangzhou --stage RELEASE --gateway gw-d41d8cd9 -o handover.json',
    'postern handover run handover.json',
    'postern handover prove handover.json -o proof.json',
    'postern handover switch handover.json --proof proof.json',
    'postern handover finish handover.json',
  ],
} as const;
