import { option } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

// Commands that create a spec, or look at the text of one.

/** `postern init`. */
export const init = {
  usage: 'init [file]',
  summary: 'write a spec to start from; on a terminal it asks for what exists',
  options: [
    option('--project <name>', 'the project; by default the name of this folder'),
    shared.provider,
    { ...shared.region, description: 'region that the spec gets for its links' },
    shared.profile,
    option('--subnets <ids>', 'subnets of a new link (AWS): subnet-1a2b,subnet-3c4d'),
    option('--link <id>', 'the link or instance that exists and that the spec adopts'),
    option('--gateway <id>', 'the gateway: its ID, or restApi:ID:STAGE; postern gateways lists them'),
    option('--target <target>', 'the backend: LOAD-BALANCER:PORT, or INSTANCE:PORT (Alibaba Cloud)'),
    option(
      '--openapi <file>',
      'the routes of this OpenAPI document; of its integrations, those in a network; - is stdin',
    ),
    shared.cloud,
    shared.yes,
    option('--force', 'replace the file'),
  ],
  examples: [
    'postern init',
    'postern init --yes --subnets subnet-1a2b,subnet-3c4d --gateway a1b2c3d4e5 --target orders-alb:443',
    'postern init --project shop --region eu-west-1',
    'postern init --provider alibaba --region cn-hangzhou',
    'postern init --yes --openapi api.yaml --target orders-alb:443',
  ],
} as const;

/** `postern import`. */
export const importing = {
  usage: 'import',
  summary: 'print a spec of what exists already',
  options: [
    shared.provider,
    shared.regionToRead,
    shared.profile,
    option('--project <name>', 'the project that the spec is for', { fallback: 'imported' }),
    option(
      '--terraform <file>',
      'of what a plan or state (terraform show -json) describes, without any call; over --snapshot; - is stdin',
    ),
    shared.snapshotFile,
    option('--link <id>', 'only what uses this link or instance'),
    option('--adopt', 'declare links and routes without a mark so that apply adopts them'),
    option('-o, --output <file>', 'write to this file instead of stdout', { writes: true }),
    option('--force', 'replace the file, even if no import wrote it'),
  ],
  examples: [
    'postern import --provider aws --region eu-west-1',
    'postern import --provider alibaba --region cn-hangzhou --link apigateway-hz-72bc18d4f1aa',
    'postern import --region eu-west-1 --project shop -o postern.yaml',
    'terraform show -json > state.json && postern import --terraform state.json --project shop',
    'postern import --terraform plan.json --snapshot base.json -o postern.yaml',
  ],
} as const;

/** `postern validate`. */
export const validate = {
  usage: 'validate [spec...]',
  summary: 'check the text of specs: no cloud is called, and no credentials are needed',
  options: [shared.region],
  examples: [
    'postern validate',
    'postern validate orders.yaml payments.yaml',
    'postern validate --region eu-west-1 --json',
  ],
} as const;

/** `postern fmt`. */
export const fmt = {
  usage: 'fmt [file...]',
  summary: 'write specs in one layout: indentation and spaces change, comments and order stay',
  options: [option('--check', 'change nothing, list the files that would change, and exit with 2')],
  examples: ['postern fmt', 'postern fmt orders.yaml payments.yaml', 'postern fmt --check'],
} as const;

/** `postern export terraform`. */
export const exportTerraform = {
  usage: 'terraform [spec]',
  summary: 'write what a spec owns as a configuration of Terraform, with import blocks',
  options: [
    shared.region,
    shared.snapshotFile,
    shared.profile,
    option(
      '-o, --output <file>',
      'write providers.tf, imports.tf and postern.tf to this folder; -, the default, is stdout',
    ),
    option('--force', 'replace these files, even if no export wrote them'),
  ],
  examples: [
    'postern export terraform -o terraform && terraform -chdir=terraform init && terraform -chdir=terraform plan',
    'postern export terraform shop.yaml --snapshot snapshot.json -o -',
    'postern export terraform --json',
  ],
} as const;

/** `postern export`. */
export const exporting = {
  usage: 'export',
  summary: 'write what a spec owns in the form of another tool',
  examples: ['postern export terraform -o terraform'],
} as const;
