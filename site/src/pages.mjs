// Which file of the repository is which page of the site. A page has one kind; its address begins with the kind.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/workspace.mjs';

/** The pages of errors, by the wording that people search for. */
const ERRORS = readdirSync(path.join(ROOT, 'docs/errors-to-commands'))
  .filter((name) => name !== 'README.md')
  .map((name) => {
    const [, title] = /^# (.*)$/m.exec(readFileSync(path.join(ROOT, 'docs/errors-to-commands', name), 'utf8'));
    return [`docs/errors-to-commands/${name}`, `errors/${path.basename(name, '.md')}`, title.replaceAll('`', '')];
  });

/** Reference pages that are cut at their sections: the name of a section's page, and the title of that page. */
const CUT = {
  'docs/commands.md': {
    nameOf: (heading) => (/^[a-z]/.test(heading) ? heading.split(' ')[0] : undefined),
    titleOf: (name) => `postern ${name}`,
  },
  'docs/checks.md': {
    nameOf: (heading) => (heading === 'Checks of a move' ? 'migrate' : /^(\w+)\//.exec(heading)?.[1]),
    titleOf: (name) => FAMILIES[name] ?? `Checks: ${name}`,
  },
};

const FAMILIES = {
  link: 'Checks of links',
  gateway: 'Checks of gateways',
  target: 'Checks of targets',
  cidr: 'Checks of CIDR blocks',
  path: 'Checks of paths',
  egress: 'Checks of egress',
  spec: 'Checks of the spec',
  migrate: 'Checks of a move',
};

/** The kinds, in the order of the navigation: four for users, and one for those who change Postern. A page is [source, name, title in the navigation]. */
export const KINDS = [
  {
    kind: 'tutorial',
    title: 'Tutorial',
    groups: [{ title: 'Tutorial', pages: [['docs/tutorial.md', 'index', 'A first private integration']] }],
  },
  {
    kind: 'guides',
    title: 'Guides',
    groups: [
      {
        title: 'Run',
        pages: [
          ['docs/install.md', 'install', 'Install'],
          ['docs/adopt.md', 'adopt', 'Adopt what exists'],
          ['docs/planner.md', 'advise', 'Plan capacity and cost'],
          ['docs/graph.md', 'graph', 'Draw a picture'],
          ['docs/two-clouds.md', 'two-clouds', 'One program on two clouds'],
          ['docs/rename.md', 'rename', 'Rename or forget'],
          ['docs/snapshots.md', 'snapshots', 'Work from a snapshot'],
          ['docs/probe.md', 'probe', 'Test with a real call'],
          ['docs/cidr.md', 'cidr', 'Compare CIDR blocks'],
          ['docs/watch.md', 'watch', 'Watch verdicts'],
          ['docs/hooks.md', 'metrics', 'Metrics, traces and hooks'],
          ['docs/fleet.md', 'fleets', 'Many specs: fleets'],
        ],
      },
      {
        title: 'Move and rehearse',
        pages: [
          ['docs/move.md', 'move', 'Move an API group'],
          ['docs/migration.md', 'migrations', 'Validate and run a move'],
          ['docs/shift.md', 'shift', 'Shift calls in steps'],
          ['docs/rehearsal.md', 'rehearse', 'Rehearse a change'],
          ['docs/handover.md', 'handover', 'Hand over to Cloud-native API Gateway'],
        ],
      },
      {
        title: 'Review changes',
        pages: [
          ['docs/ci.md', 'ci', 'Check in CI'],
          ['docs/terraform.md', 'terraform', 'Terraform plans'],
          ['docs/plan-types.md', 'plan-types', 'Types of plans'],
          ['docs/fargate.md', 'fargate', 'A service on Fargate'],
          ['docs/cloudformation-pulumi.md', 'cloudformation-pulumi', 'CloudFormation and Pulumi'],
          ['docs/assistants.md', 'assistants', 'Assistants (MCP)'],
        ],
      },
      {
        title: 'Test and extend',
        pages: [
          ['docs/test-with-simulators.md', 'test-with-simulators', 'Test your code'],
          ['docs/simulator.md', 'simulators', 'Use the simulated clouds'],
          ['docs/localstack.md', 'localstack', 'Coming from LocalStack'],
          ['docs/write-a-check.md', 'write-a-check', 'Write a check'],
        ],
      },
      {
        title: 'From an error to a command',
        pages: [['docs/errors-to-commands/README.md', 'errors/index', 'All errors'], ...ERRORS],
      },
    ],
  },
  {
    kind: 'reference',
    title: 'Reference',
    groups: [
      {
        title: 'Spec and checks',
        pages: [
          ['docs/spec.md', 'spec', 'Spec'],
          ['docs/checks.md', 'checks/index', 'Checks'],
          ['docs/errors.md', 'errors', 'Error codes'],
        ],
      },
      {
        title: 'Command line',
        pages: [
          ['docs/commands.md', 'commands/index', 'Commands'],
          ['docs/command-line.md', 'command-line', 'Common options, init, doctor, …'],
        ],
      },
      {
        title: 'Inputs and results',
        pages: [
          ['docs/move-validation.md', 'move-validation', 'Validation of a move'],
          ['docs/outcomes.md', 'outcomes', 'Outcomes of calls'],
        ],
      },
      {
        title: 'Facts',
        pages: [['packages/simulator/OPERATIONS.md', 'operations', 'Simulated operations']],
      },
      {
        title: 'Packages',
        pages: [
          ['packages/cli/README.md', 'packages/postern', 'The command'],
          ['packages/core/README.md', 'packages/core', 'Core'],
          ['packages/aws/README.md', 'packages/aws', 'Adapter for AWS'],
          ['packages/alibaba/README.md', 'packages/alibaba', 'Adapter for Alibaba Cloud'],
          ['packages/simulator/README.md', 'packages/simulator', 'Simulator'],
          ['packages/testing/README.md', 'packages/testing', 'Fixture and trials for tests'],
          ['packages/fleet/README.md', 'packages/fleet', 'Fleet'],
          ['packages/cdk/README.md', 'packages/cdk', 'CDK plug-in'],
        ],
      },
    ],
  },
  {
    kind: 'explanation',
    title: 'Explanation',
    groups: [
      {
        title: 'Explanation',
        pages: [
          ['docs/concepts.md', 'concepts', 'Concepts'],
          ['docs/trust.md', 'trust', 'Trust'],
          ['docs/comparison.md', 'comparison', 'Comparison with other tools'],
          ['SECURITY.md', 'security', 'Security'],
        ],
      },
    ],
  },
  {
    kind: 'contributing',
    title: 'Contributing',
    groups: [
      {
        title: 'Architecture',
        pages: [
          ['docs/contributing/architecture.md', 'index', 'On one screen'],
          ['docs/contributing/where-to-put.md', 'where-to-put', 'Where do I put …?'],
          ['docs/contributing/packages.md', 'packages', 'Packages'],
          ['docs/contributing/applying.md', 'applying', 'Applying'],
          ['docs/contributing/adapters.md', 'adapters', 'Adapters'],
          ['docs/contributing/checking.md', 'checking', 'Checking'],
          ['docs/contributing/simulated-clouds.md', 'simulated-clouds', 'Simulated clouds'],
          ['docs/contributing/choices.md', 'choices', 'Choices'],
        ],
      },
      {
        title: 'Change it',
        pages: [
          ['CONTRIBUTING.md', 'contribute', 'Contribute'],
          ['docs/contributing/write-an-adapter.md', 'write-an-adapter', 'Add a cloud'],
          ['docs/contributing/write-a-simulated-service.md', 'write-a-simulated-service', 'Write a simulated service'],
          ['docs/contributing/glossary.md', 'glossary', 'Glossary of the code'],
          ['docs/contributing/terraform-plans.md', 'terraform-plans', 'Plans applied and called'],
          ['docs/contributing/proofs.md', 'proofs', 'Proofs'],
        ],
      },
    ],
  },
];

/** Every page of the navigation: its source in the repository, and its place on the site. */
export const PAGES = KINDS.flatMap(({ kind, groups }) =>
  groups.flatMap((group) =>
    group.pages.map(([source, name, title]) => ({
      kind,
      group: group.title,
      source,
      place: `${kind}/${name}.md`,
      title,
      cut: CUT[source],
    })),
  ),
);

/** The pages in Chinese, which are about Alibaba Cloud: their places follow those of the English pages. */
const IN_CHINESE = [
  {
    group: '开始',
    pages: [
      ['README.md', 'index', '概览'],
      ['install.md', 'install', '安装'],
      ['move.md', 'move', '教程：迁移 API 分组'],
    ],
  },
  {
    group: '迁移',
    pages: [
      ['migration.md', 'migrations', '迁移网关'],
      ['handover.md', 'handover', '移交到云原生 API 网关'],
    ],
  },
  {
    group: '报错',
    pages: [
      ['errors/README.md', 'errors/index', '全部报错'],
      ['errors/alibaba-d504co-backend-service-connect-failed.md', 'errors/d504co', 'D504CO：后端服务连接失败'],
      ['errors/alibaba-x504ve-backend-service-vpc-mapped-failed.md', 'errors/x504ve', 'X504VE：VPC 授权不存在'],
      ['errors/alibaba-i404nf-api-not-found.md', 'errors/i404nf', 'I404NF：找不到 API'],
      ['errors/alibaba-api-gateway-traditional-discontinued.md', 'errors/discontinued', '原 API 网关停止新购'],
    ],
  },
];
export const CHINESE = { kind: 'zh', title: '中文' };
export const CHINESE_PAGES = IN_CHINESE.flatMap(({ group, pages }) =>
  pages.map(([source, name, title]) => ({
    ...CHINESE,
    group,
    source: `docs/zh/${source}`,
    place: `zh/${name}.md`,
    title,
    cut: undefined,
  })),
);

/** The pages beside the four kinds. */
export const HOME = { source: 'docs/README.md', place: 'index.md' };
export const PLAYGROUND = { source: 'site/playground/page.md', place: 'playground.md', title: 'Playground' };

/** Files that pages name for a reader to take: each is at `files/` of the site. */
export const FILES = [
  ...readdirSync(path.join(ROOT, 'docs/tutorial')).map((name) => `docs/tutorial/${name}`),
  'docs/pictures/comment.svg',
].map((source) => ({ source, place: `files/${path.basename(source)}` }));
