import { type CommandGroup, wholeNumber, type CommandDescription, positiveNumber, quotas, texts } from './options.js';
import { profile, provider, region, snapshotFile } from './shared-options.js';

/** `postern cidr`: commands for lists of blocks. */
export const cidr: CommandGroup = {
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
      load: async () => ({ run: (await import('../commands/machine/cidr.js')).conflicts }),
    },
    {
      usage: 'merge [file...]',
      summary: 'print the fewest blocks that cover the same addresses',
      options: [],
      examples: ['postern cidr merge allowlist.txt', 'postern cidr merge a.txt b.txt > merged.txt'],
      load: async () => ({ run: (await import('../commands/machine/cidr.js')).merge }),
    },
    {
      usage: 'subtract <file> <minus...>',
      summary: 'print the fewest blocks for what the first file has and the others do not',
      options: [],
      examples: [
        'postern cidr subtract network.txt subnets.txt',
        'postern cidr subtract all.txt used.txt reserved.txt',
      ],
      load: async () => ({ run: (await import('../commands/machine/cidr.js')).subtract }),
    },
    {
      usage: 'contains <set> [query...]',
      summary: 'report for each query whether the set contains it; exit with 3 unless it contains all',
      options: [],
      examples: [
        'postern cidr contains allowlist.txt backends.txt',
        'postern cidr contains allowlist.txt 10.0.3.7 10.1.0.0/16',
        'echo 10.0.3.7 | postern cidr contains allowlist.txt',
      ],
      load: async () => ({ run: (await import('../commands/machine/cidr.js')).contains }),
    },
    {
      usage: 'free [file...]',
      summary: 'propose blocks of a pool that overlap no line; exit with 3 if there are too few',
      options: [
        {
          flags: '--pool <blocks>',
          description: 'blocks to search: all of one family, with commas between them',
          parse: (text, before) => (typeof before === 'string' ? `${before},${text}` : text),
        },
        { flags: '--bits <length>', description: 'how long the blocks are', parse: wholeNumber(0, 128) },
        { flags: '--count <number>', description: 'how many; 1 by default', parse: wholeNumber(1, 2 ** 24) },
      ],
      examples: [
        'postern cidr free --pool 10.0.0.0/8 --bits 20 taken.txt',
        'postern cidr free --pool 10.0.0.0/16,10.2.0.0/16 --bits 24 --count 3 taken.txt',
        'postern cidr free --pool 2001:db8::/32 --bits 48 taken.txt --json',
      ],
      load: async () => ({ run: (await import('../commands/machine/cidr.js')).free }),
    },
  ],
};

/** `postern doctor`. */
export const doctor = {
  usage: 'doctor [spec]',
  summary: 'test this machine, credentials and permissions; nothing is changed; exit with 3 where something failed',
  options: [provider, region, profile],
  examples: [
    'postern doctor',
    'postern doctor shop.yaml --json',
    'postern doctor --provider alibaba --region cn-hangzhou',
  ],
  load: () => import('../commands/machine/doctor.js'),
} as const;

/** `postern mcp`. */
export const mcp = {
  usage: 'mcp [spec]',
  summary: 'serve checks and plans to an assistant, by the Model Context Protocol on stdin and stdout',
  options: [
    region,
    profile,
    { ...snapshotFile, description: 'read this snapshot, without any call' },
    {
      flags: '--terraform <file>',
      description: 'judge a plan (terraform show -json) over the live network or --snapshot, before and after',
    },
    {
      flags: '--allow-apply',
      description: 'offer apply, too: of a plan that was shown, after a confirmation in the assistant',
    },
  ],
  examples: [
    'postern mcp postern.yaml',
    'postern mcp postern.yaml --snapshot snapshot.json',
    'postern mcp --snapshot base.json --terraform plan.json',
    'postern mcp postern.yaml --profile audit --region eu-west-1',
    'postern mcp postern.yaml --allow-apply',
  ],
  load: () => import('../commands/machine/mcp.js'),
} as const;

// Commands about the shell.

/** `postern completion`. */
export const completion = {
  usage: 'completion <shell>',
  summary: 'print the script by which bash, zsh, fish or powershell completes commands, options and names of the spec',
  options: [],
  examples: [
    'postern completion bash > ~/.local/share/bash-completion/completions/postern',
    'postern completion zsh > ~/.zsh/completions/_postern',
    'postern completion fish > ~/.config/fish/completions/postern.fish',
    'postern completion powershell > postern.ps1',
  ],
  load: () => import('../commands/machine/completion.js'),
} as const;

/** `postern man`, of these commands. */
export function manOf(commands: () => readonly (CommandDescription | CommandGroup)[]): CommandDescription {
  return {
    usage: 'man',
    summary: 'print the manual page',
    options: [],
    examples: ['postern man > ~/.local/share/man/man1/postern.1', 'postern man | man -l -'],
    load: async () => ({ run: (await import('../commands/machine/man.js')).runOf(commands()) }),
  };
}

// The simulated clouds.

/** `postern simulate`. */
export const simulate = {
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
} as const;
