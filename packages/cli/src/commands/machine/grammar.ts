import { option, wholeNumber, positiveNumber, quotas, texts, portNumber } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

/** `postern doctor`. */
export const doctor = {
  usage: 'doctor [spec]',
  summary: 'test credentials and permissions of this machine; nothing is changed; exit with 3 where something failed',
  options: [shared.provider, shared.region, shared.profile],
  examples: [
    'postern doctor',
    'postern doctor shop.yaml --json',
    'postern doctor --provider alibaba --region cn-hangzhou',
  ],
} as const;

/** `postern mcp`. */
export const mcp = {
  usage: 'mcp [spec]',
  summary: 'serve checks and plans to an assistant, by the Model Context Protocol on stdin and stdout',
  options: [
    shared.region,
    shared.profile,
    { ...shared.snapshotFile, description: 'read this snapshot, without any call' },
    option(
      '--terraform <file>',
      'judge a plan (terraform show -json) over the live network or --snapshot, before and after',
    ),
    option('--allow-apply', 'offer apply, too: of a plan that was shown, after a confirmation in the assistant'),
  ],
  examples: [
    'postern mcp postern.yaml',
    'postern mcp postern.yaml --snapshot snapshot.json',
    'postern mcp --snapshot base.json --terraform plan.json',
    'postern mcp postern.yaml --profile audit --region eu-west-1',
    'postern mcp postern.yaml --allow-apply',
  ],
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
} as const;

/** `postern man`. */
export const man = {
  usage: 'man',
  summary: 'print the manual page',
  options: [],
  examples: ['postern man > ~/.local/share/man/man1/postern.1', 'postern man | man -l -'],
} as const;

// The simulated clouds.

/** `postern simulate`. */
export const simulate = {
  usage: 'simulate',
  summary: 'serve simulated clouds on this machine',
  options: [
    option('--port <port>', 'port to listen on; 0 selects a free one', { parse: portNumber(0), fallback: 4010 }),
    option('--speed <factor>', 'simulated seconds per real second', { parse: positiveNumber, fallback: 1 }),
    option('--seed <number>', 'seed for IDs and random events', { parse: wholeNumber(0, 2 ** 32), fallback: 1 }),
    option('--no-throttle', 'remove rate limits; quotas and conflicts stay'),
    option('--quota <name=number>', 'change a quota (repeatable)', { parse: quotas }),
    option('--deny <operation>', 'deny this operation to every caller, as a missing permission does (repeatable)', {
      parse: texts,
    }),
    option('--snapshot <file>', 'start from this snapshot, at its time; - is standard input'),
    option(
      '--data-path-delay <seconds>',
      'simulated seconds until a changed gateway serves the change; by default 0.5 to 5, by the seed',
      { parse: wholeNumber(0, 3_600) },
    ),
    option('--account <id>', 'the AWS account; by default 111122223333'),
    option('--alibaba-account <id>', 'the Alibaba Cloud account; by default 1111222233334444'),
    option('--verify-signatures', 'refuse calls that are not signed with a --key, or with a key of the environment'),
    option('--key <id:secret>', 'credentials to accept, or those of @FILE or @env:NAME (repeatable)', { parse: texts }),
    option('--allow-host <name>', 'accept this name in Host headers, in addition to loopback names (repeatable)', {
      parse: texts,
    }),
  ],
  examples: [
    'postern simulate --port 4010 --speed 60 --seed 7',
    'postern simulate --no-throttle --quota vpc-links=20',
    'postern simulate --deny CreateVpcLink --deny DescribeRouteTables',
    'postern simulate --allow-host host.docker.internal',
    'postern snapshot --region eu-west-1 -o now.json && postern simulate --snapshot now.json',
    'POSTERN_SIMULATOR=http://127.0.0.1:4010 postern apply',
    'aws --endpoint-url http://127.0.0.1:4010 apigatewayv2 get-vpc-links',
  ],
} as const;
