import { option, texts, reportOption, duration } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

// Commands that read and change nothing.

/** `postern check`. */
export const check = {
  usage: 'check [spec...]',
  eachSpec: 'next',
  summary: 'check whether calls reach their targets, and what stops them',
  options: [
    shared.region,
    shared.snapshotFile,
    shared.otherSnapshots,
    shared.flowLogs,
    option(
      '--terraform <file>',
      'judge a plan over the live network or --snapshot, before and after: the plan file, or terraform show -json; - is stdin',
    ),
    option(
      '--source <file>',
      'the plan file or folder with the configuration of terraform show -json; by default the folder of the plan, or this one, if it has the same resources; or none',
    ),
    option(
      '--state <file>',
      'as --terraform, of a state (terraform show -json): what is there now, as far as Terraform manages it',
    ),
    option(
      '--change-set <file>',
      'as --terraform, of a change set of CloudFormation (describe-change-set --include-property-values)',
    ),
    option(
      '--template <file>',
      'the template of --change-set, which says what new resources name; or, without it, a template or a folder cdk.out, as --terraform: the snapshot tells what exists',
    ),
    option(
      '--stack <name>',
      'the stack of --template without a change set; by default the one whose tags the snapshot has',
    ),
    option(
      '--parameters <file|name=value>',
      'values of the parameters of --template, which have their defaults otherwise (repeatable)',
      { parse: texts },
    ),
    option('--pulumi <file>', 'as --terraform, of a preview of Pulumi (pulumi preview --json)'),
    option('--sarif', 'print SARIF, for code scanning', { ofOneSpec: true }),
    option('--junit', "print JUnit's XML, for CI systems", { ofOneSpec: true }),
    option('--md', 'print Markdown, for a comment'),
    option('-o, --output <file>', 'write the report to this file', { writes: true }),
    reportOption('text', 'json', 'sarif', 'junit', 'md'),
    option(
      '--fail-on <level>',
      'exit with 3: error, at errors; warning, also at warnings; unknown, at errors and at undecided checks of severity error',
      { choices: ['error', 'warning', 'unknown'], fallback: 'error' },
    ),
    option(
      '--only <patterns...>',
      'only findings of these checks (path/*, target/healthy, CHECK:SUBJECT) or integrations; write [spec] before it',
      { parse: texts },
    ),
    option('--skip <patterns...>', 'leave out findings of these checks or integrations; write [spec] before it', {
      parse: texts,
    }),
    shared.ownChecks,
    option(
      '--needs <file>',
      'compare throttles with the calls per second of the services in this file (postern advise --example)',
    ),
    option('--baseline <file>', 'findings of this file are known, and do not count'),
    option('--write-baseline <file>', 'write the findings to this file, for --baseline, and exit with 0', {
      writes: true,
    }),
    option('--summary', 'show the numbers of findings by check instead of the findings'),
    option('--now <date>', "compare dates with this date, not with the snapshot's"),
  ],
  examples: [
    'postern check',
    'postern check shop.yaml --fail-on warning',
    'postern check --snapshot snapshot.json --json',
    "postern check --query 'findings[].check'",
    'postern check --sarif -o postern.sarif',
    'postern check --report sarif=postern.sarif --report junit=postern.xml',
    "postern check --only 'path/*' target/healthy --summary",
    "postern check shop.yaml --skip 'egress/*'",
    'postern check --checks acme-checks.ts',
    'postern check --needs needs.yaml',
    'postern check --write-baseline known.json && postern check --baseline known.json',
    'postern check --flow-logs',
    'postern check --snapshot snapshot.json --now 2027-03-21',
    'postern check --snapshot snapshot.json --with other-account.json',
    'terraform plan -out=tfplan && postern check --terraform tfplan',
    'terraform show -json tfplan > plan.json && postern check --terraform plan.json --source tfplan',
    'postern check --terraform plan.json --snapshot base.json --md -o comment.md',
    'postern check --change-set change-set.json --template template.yaml',
    'postern check --template template.yaml --parameters Stage=prod --snapshot base.json',
    'cdk synth --quiet && postern check --template cdk.out --snapshot base.json',
    'pulumi preview --json > preview.json && postern check --pulumi preview.json',
  ],
} as const;

/** `postern explain`. */
export const explain = {
  usage: 'explain [integration] [route]',
  summary:
    'show the path of calls, hop by hop: those of an integration, or GET /orders/7; without an argument list them',
  options: [
    shared.spec,
    shared.region,
    shared.snapshotFile,
    shared.otherSnapshots,
    shared.flowLogs,
    option('--full', 'show every hop of every path, also of open paths and of those with the same result'),
    { ...shared.pictureFormat, description: 'draw the paths: svg, dot (Graphviz), mermaid (Markdown) or html' },
    shared.pictureOutput,
  ],
  examples: [
    'postern explain',
    'postern explain GET /orders/7',
    'postern explain orders',
    "postern explain orders 'ANY /orders/{proxy+}'",
    'postern explain orders --spec shop.yaml --snapshot snapshot.json',
    'postern explain orders --snapshot snapshot.json --format svg -o orders.svg',
  ],
} as const;

/** `postern snapshot`. */
export const snapshot = {
  usage: 'snapshot [diff] [before] [after]',
  summary: 'write the current state to a file, or compare two such files',
  options: [
    shared.provider,
    option('--region <region>', 'the region to read (repeatable)', { parse: texts }),
    shared.profile,
    option('--project <name>', 'the project whose deployments are recognized'),
    {
      ...shared.spec,
      description: 'read only what this spec names; with diff: compare findings, and exit with 3 at new errors',
    },
    option('--all', 'with --spec: read every gateway'),
    shared.flowLogs,
    option('-o, --output <file>', 'write to this file, readable only by its owner, instead of stdout', {
      writes: true,
    }),
    option('--redact', 'mask account IDs'),
    option('--raw', "keep the clouds' own objects"),
    option('--policy', 'print the least-privilege policy for a snapshot'),
  ],
  examples: [
    'postern snapshot --provider aws --region eu-west-1 -o snapshot.json',
    'postern snapshot --region eu-west-1 --region us-east-1 --redact -o snapshot.json',
    'postern snapshot --spec shop.yaml -o snapshot.json && postern check shop.yaml --snapshot snapshot.json',
    'postern snapshot diff before.json after.json --spec shop.yaml',
    'postern snapshot --policy --provider alibaba',
  ],
} as const;

/** `postern watch`. */
export const watch = {
  usage: 'watch [spec]',
  summary: 'check again and again, and report each change of a verdict once, with what changed it',
  options: [
    shared.region,
    shared.profile,
    option('--once', 'observe once, for cron and CI: exit with 3 where something is broken; history is kept in a file'),
    option('--every <duration>', 'time between two observations; by default 5m', { parse: duration }),
    option('--history <file>', 'what earlier observations showed; by default <spec>.watch.json beside the spec'),
    shared.notify,
    reportOption('html', 'json'),
    option('--metrics <file>', "write metrics for the textfile collector of Prometheus's node exporter to this file", {
      writes: true,
    }),
    shared.metricsPort,
    shared.metricsHost,
    option(
      '--fail-on <level>',
      'with --once, exit with 3: error, where something is broken; unknown, also where proof is lost',
      { choices: ['error', 'unknown'], fallback: 'error' },
    ),
    shared.ownChecks,
  ],
  examples: [
    'postern watch',
    'postern watch shop.yaml --every 10m --notify slack=@env:SLACK_URL',
    'postern watch shop.yaml --once --notify github=issue.md',
    'postern watch --once --report html=watch.html --metrics /var/lib/node_exporter/postern.prom',
    'postern watch --metrics-port 9464 --notify webhook=https://alerts.example.com/postern',
  ],
  keeps: async (specs: readonly string[], options: Readonly<Record<string, unknown>>) =>
    (await import('../../watch/history-names.js')).historyFiles(specs, options),
} as const;
