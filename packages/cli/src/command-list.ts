import type { CommandModule } from './io.js';
import { positiveNumber, quotas, texts, wholeNumber } from './option-values.js';

interface OptionDescription {
  readonly flags: string;
  readonly description: string;
  readonly parse?: ((text: string, before: unknown) => unknown) | undefined;
  readonly choices?: readonly string[] | undefined;
  readonly fallback?: string | number | undefined;
}

export interface CommandDescription {
  /** Name and arguments, as commander writes them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionDescription[];
  readonly examples: readonly string[];
  readonly load: () => Promise<CommandModule>;
}

const region: OptionDescription = { flags: '--region <region>', description: 'region where the spec names none' };
const provider: OptionDescription = {
  flags: '--provider <name>',
  description: 'the cloud',
  choices: ['aws', 'alibaba'],
  fallback: 'aws',
};
const profile: OptionDescription = { flags: '--profile <name>', description: 'profile of the credentials file' };
const spec: OptionDescription = {
  flags: '--spec <file>',
  description: 'the spec; by default postern.{yaml,yml,json} of this folder',
};
const all: OptionDescription = {
  flags: '--all',
  description: 'look at every gateway, for routes on those that the spec no longer names',
};
const yes: OptionDescription = { flags: '-y, --yes', description: 'do not ask' };
const project: OptionDescription = { flags: '--project <name>', description: "the project; by default the spec's" };
const allowPurchase: OptionDescription = {
  flags: '--allow-purchase',
  description: 'buy what the plan says must be bought, at the price that it says',
};
const deleteInstances: OptionDescription = {
  flags: '--delete-instances',
  description: 'also delete links that would have to be bought again',
};
const maxParallel: OptionDescription = {
  flags: '--max-parallel <number>',
  description: 'units that run side by side',
  parse: wholeNumber(1, 64),
};

const snapshotFile: OptionDescription = {
  flags: '--snapshot <file>',
  description: 'look at this snapshot, without any call; - is standard input',
};

/** Commands under one name. */
export interface CommandGroup {
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly commands: readonly CommandDescription[];
}

/** `postern cidr`: what can be asked of lists of blocks. */
const cidr: CommandGroup = {
  usage: 'cidr',
  summary: 'compare, merge and search lists of CIDR blocks',
  examples: [
    'postern cidr conflicts vpcs.txt on-premises.txt',
    'postern cidr free --pool 10.0.0.0/8 --bits 20 taken.txt',
    'postern cidr merge --help',
  ],
  commands: [
    {
      usage: 'conflicts [file...]',
      summary: 'list every pair of lines that share an address; exit with 3 if there is one',
      options: [],
      examples: [
        'postern cidr conflicts vpcs.txt',
        'postern cidr conflicts vpcs.txt on-premises.txt --json',
        "cut -d' ' -f1 routes.txt | postern cidr conflicts -",
      ],
      load: async () => ({ run: (await import('./commands/cidr.js')).conflicts }),
    },
    {
      usage: 'merge [file...]',
      summary: 'print the fewest blocks that cover the same addresses',
      options: [],
      examples: ['postern cidr merge allowlist.txt', 'postern cidr merge a.txt b.txt > merged.txt'],
      load: async () => ({ run: (await import('./commands/cidr.js')).merge }),
    },
    {
      usage: 'subtract <file> <minus...>',
      summary: 'print the fewest blocks for what the first file has and the others do not',
      options: [],
      examples: [
        'postern cidr subtract network.txt subnets.txt',
        'postern cidr subtract all.txt used.txt reserved.txt',
      ],
      load: async () => ({ run: (await import('./commands/cidr.js')).subtract }),
    },
    {
      usage: 'contains <set> [query...]',
      summary: 'say of each query whether the set holds it; exit with 3 unless it holds all',
      options: [],
      examples: [
        'postern cidr contains allowlist.txt backends.txt',
        'echo 10.0.3.7 | postern cidr contains allowlist.txt',
      ],
      load: async () => ({ run: (await import('./commands/cidr.js')).contains }),
    },
    {
      usage: 'free [file...]',
      summary: 'propose blocks of a pool that no line touches; exit with 3 if there are too few',
      options: [
        { flags: '--pool <blocks>', description: 'where to look: blocks of one family, with commas between them' },
        { flags: '--bits <length>', description: 'how long the blocks are', parse: wholeNumber(0, 128) },
        { flags: '--count <number>', description: 'how many; 1 by default', parse: wholeNumber(1, 2 ** 24) },
      ],
      examples: [
        'postern cidr free --pool 10.0.0.0/8 --bits 20 taken.txt',
        'postern cidr free --pool 10.0.0.0/16,10.2.0.0/16 --bits 24 --count 3 taken.txt',
        'postern cidr free --pool 2001:db8::/32 --bits 48 taken.txt --json',
      ],
      load: async () => ({ run: (await import('./commands/cidr.js')).free }),
    },
  ],
};

/** `postern migrate`: from one link to another. */
const migrate: CommandGroup = {
  usage: 'migrate',
  summary: 'move gateways from one link to another',
  examples: [
    'postern migrate validate --provider alibaba --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-72bc18d4f1aa',
  ],
  commands: [
    {
      usage: 'validate',
      summary: 'say whether a move may go ahead, what it changes and what to add where; exit with 3 if it must not',
      options: [
        provider,
        { flags: '--region <region>', description: 'the region to read' },
        profile,
        { flags: '--group <id>', description: 'Alibaba Cloud: the API group that is to move' },
        { flags: '--api <id>', description: 'AWS: the HTTP API whose routes are to move' },
        { flags: '--route <key>', description: 'AWS: only this route' },
        {
          flags: '--from <id>',
          description: 'AWS: the link that is left. Alibaba Cloud: the instance all of whose groups are to move',
        },
        { flags: '--to <id>', description: 'the link or instance to move to' },
        snapshotFile,
        { flags: '--spec <file>', description: 'take what no API tells (`assume`) from this spec' },
        { flags: '--sarif', description: 'print SARIF, for code scanning' },
        { flags: '--md', description: 'print Markdown, for a comment' },
        { flags: '--html <file>', description: 'write a page there, too' },
        {
          flags: '--accept-unknown <check[:subject]>',
          description: 'go ahead although nobody can rule this out (repeatable)',
          parse: texts,
        },
        { flags: '--now <date>', description: "compare dates with this one, not with the snapshot's" },
      ],
      examples: [
        'postern migrate validate --provider alibaba --region cn-hangzhou --group 0f1e2d3c --to apigateway-hz-72bc18d4f1aa',
        'postern migrate validate --provider alibaba --from apigateway-hz-1 --to apigateway-hz-2 --html move.html',
        'postern migrate validate --provider alibaba --group 0f1e2d3c --to apigateway-hz-2 --snapshot snapshot.json --json',
        'postern migrate validate --region eu-west-1 --api a1b2c3 --from vlink1 --to vlink2',
      ],
      load: async () => ({ run: (await import('./commands/migrate.js')).validate }),
    },
  ],
};

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly (CommandDescription | CommandGroup)[] = [
  {
    usage: 'init [file]',
    summary: 'write a spec to start from',
    options: [
      { flags: '--project <name>', description: 'the project; by default the name of this folder' },
      region,
      { flags: '--force', description: 'replace the file if it exists' },
    ],
    examples: ['postern init', 'postern init --project shop --region eu-west-1'],
    load: () => import('./commands/init.js'),
  },
  {
    usage: 'import',
    summary: 'write the spec of what exists already',
    options: [
      provider,
      { flags: '--region <region>', description: 'the region to read' },
      profile,
      { flags: '--project <name>', description: 'the project that the spec is for', fallback: 'imported' },
      { flags: '--instance <id>', description: 'only what leads through this link' },
      { flags: '-o, --output <file>', description: 'write there instead of on stdout' },
      { flags: '--force', description: 'replace the file even if no import wrote it' },
    ],
    examples: [
      'postern import --provider aws --region eu-west-1',
      'postern import --provider alibaba --region cn-hangzhou --instance apigateway-hz-72bc18d4f1aa',
      'postern import --region eu-west-1 --project shop -o postern.yaml',
    ],
    load: () => import('./commands/import.js'),
  },
  {
    usage: 'check [spec]',
    summary: 'say whether calls will get through, and what stops them',
    options: [
      region,
      snapshotFile,
      { flags: '--sarif', description: 'print SARIF, for code scanning' },
      { flags: '--junit', description: "print JUnit's XML, for CI systems" },
      { flags: '--md', description: 'print Markdown, for a comment' },
      { flags: '-o, --output <file>', description: 'write the report there' },
      {
        flags: '--fail-on <level>',
        description: 'exit with 3 at errors; at warnings, too; or at errors and errors that nobody can rule out',
        choices: ['error', 'warning', 'unknown'],
        fallback: 'error',
      },
      { flags: '--now <date>', description: "compare dates with this one, not with the snapshot's" },
    ],
    examples: [
      'postern check',
      'postern check shop.yaml --fail-on warning',
      'postern check --snapshot snapshot.json --json',
      'postern check --sarif -o postern.sarif',
      'postern check --snapshot snapshot.json --now 2027-03-21',
    ],
    load: () => import('./commands/check.js'),
  },
  {
    usage: 'explain <integration> [route]',
    summary: 'show the way of calls, hop by hop',
    options: [spec, region, snapshotFile],
    examples: [
      'postern explain orders',
      "postern explain orders 'ANY /orders/{proxy+}'",
      'postern explain orders --spec shop.yaml --snapshot snapshot.json',
    ],
    load: () => import('./commands/explain.js'),
  },
  {
    usage: 'plan [spec]',
    summary: 'show what apply would do',
    options: [
      region,
      all,
      { flags: '--destroy', description: 'show what destroy would do' },
      deleteInstances,
      { flags: '-o, --output <file>', description: 'save the plan, for apply --plan' },
      { flags: '--detailed-exitcode', description: 'exit with 2 when there are changes' },
    ],
    examples: [
      'postern plan',
      'postern plan shop.yaml --detailed-exitcode',
      'postern plan -o plan.json && postern apply --plan plan.json',
    ],
    load: () => import('./commands/plan.js'),
  },
  {
    usage: 'apply [spec]',
    summary: 'make the spec true',
    options: [
      region,
      all,
      yes,
      { flags: '--plan <file>', description: 'carry out a saved plan, or refuse when the world has changed' },
      allowPurchase,
      deleteInstances,
      maxParallel,
    ],
    examples: ['postern apply', 'postern apply shop.yaml --yes --json', 'postern apply --plan plan.json --yes'],
    load: () => import('./commands/apply.js'),
  },
  {
    usage: 'destroy [spec]',
    summary: "remove what is the project's own",
    options: [region, yes, deleteInstances, maxParallel],
    examples: ['postern destroy', 'postern destroy shop.yaml --yes --delete-instances'],
    load: () => import('./commands/destroy.js'),
  },
  {
    usage: 'links [id]',
    summary: 'list links, or who uses one',
    options: [
      spec,
      provider,
      region,
      profile,
      { flags: '--uses', description: 'name every API, route and integration that uses the link' },
    ],
    examples: [
      'postern links',
      'postern links --provider alibaba --region cn-hangzhou',
      'postern links orders --uses',
      'postern links a1b2c3 --uses --region eu-west-1',
    ],
    load: () => import('./commands/links.js'),
  },
  {
    usage: 'egress <link>',
    summary: 'show the addresses that a backend sees',
    options: [spec, provider, region, profile],
    examples: ['postern egress orders', 'postern egress a1b2c3 --region eu-west-1 --json'],
    load: () => import('./commands/egress.js'),
  },
  {
    usage: 'allow <link> [cidr...]',
    summary: 'let a link reach blocks, or list them',
    options: [
      spec,
      provider,
      region,
      profile,
      project,
      { flags: '--list', description: 'change nothing, show what the link may reach' },
      { flags: '--resources', description: 'with --list: what stands inside each block' },
    ],
    examples: [
      'postern allow orders 10.20.0.0/20',
      'postern allow orders 10.20.0.0/20 10.30.0.0/24',
      'postern allow orders --list --resources',
    ],
    load: () => import('./commands/allow.js'),
  },
  {
    usage: 'revoke <link> <cidr...>',
    summary: "take blocks from a link's allowlist",
    options: [
      spec,
      provider,
      region,
      profile,
      project,
      { flags: '--force', description: 'also take blocks that backends are known to need' },
    ],
    examples: ['postern revoke orders 10.20.0.0/20'],
    load: () => import('./commands/revoke.js'),
  },
  {
    usage: 'snapshot [diff] [before] [after]',
    summary: 'write down what is there, or tell what changed between two such files',
    options: [
      { flags: '--provider <name>', description: 'the cloud; by default aws', choices: ['aws', 'alibaba'] },
      { flags: '--region <region>', description: 'the region to read (repeatable)', parse: texts },
      profile,
      { flags: '--project <name>', description: 'the project whose deployments are told from others' },
      { flags: '--spec <file>', description: 'read only what this spec speaks of; with diff: compare its findings' },
      { flags: '--scope <file>', description: 'the same as --spec' },
      { flags: '--all', description: 'with --spec: look at every gateway' },
      { flags: '-o, --output <file>', description: 'write there, for its owner only, instead of on stdout' },
      { flags: '--redact', description: 'put masks in the place of account ids' },
      { flags: '--raw', description: "keep the clouds' own objects" },
      { flags: '--policy', description: 'print the least policy that a snapshot needs' },
    ],
    examples: [
      'postern snapshot --provider aws --region eu-west-1 -o snapshot.json',
      'postern snapshot --region eu-west-1 --region us-east-1 --redact -o snapshot.json',
      'postern snapshot --spec shop.yaml -o snapshot.json && postern check shop.yaml --snapshot snapshot.json',
      'postern snapshot diff before.json after.json --spec shop.yaml',
      'postern snapshot --policy --provider alibaba',
    ],
    load: () => import('./commands/snapshot.js'),
  },
  migrate,
  cidr,
  {
    usage: 'simulate',
    summary: 'serve simulated clouds on this machine',
    options: [
      {
        flags: '--port <port>',
        description: 'port to listen on; 0 takes a free one',
        parse: wholeNumber(0, 65_535),
        fallback: 4010,
      },
      { flags: '--speed <factor>', description: 'simulated seconds a second', parse: positiveNumber, fallback: 1 },
      {
        flags: '--seed <number>',
        description: 'what ids and chances follow from',
        parse: wholeNumber(0, 2 ** 32),
        fallback: 1,
      },
      { flags: '--no-throttle', description: 'lift rate limits; quotas and conflicts stay' },
      { flags: '--quota <name=number>', description: 'change a quota (repeatable)', parse: quotas },
      {
        flags: '--from <file>',
        description: 'be the twin of what this snapshot shows, at its time; - is standard input',
      },
      { flags: '--account <id>', description: 'the AWS account; by default 111122223333' },
      { flags: '--alibaba-account <id>', description: 'the Alibaba Cloud account; by default 1111222233334444' },
      { flags: '--verify-signatures', description: 'refuse calls that are not signed with a --key' },
      { flags: '--key <id:secret>', description: 'credentials to accept (repeatable)', parse: texts },
    ],
    examples: [
      'postern simulate --port 4010 --speed 60 --seed 7',
      'postern simulate --no-throttle --quota vpc-links=20',
      'postern snapshot -o now.json && postern simulate --from now.json',
      'POSTERN_SIMULATOR=http://127.0.0.1:4010 postern apply',
      'aws --endpoint-url http://127.0.0.1:4010 apigatewayv2 get-vpc-links',
    ],
    load: () => import('./commands/simulate.js'),
  },
];
