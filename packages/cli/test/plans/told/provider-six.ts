type Members = Readonly<Record<string, unknown>>;

/** Services without regions: their resources have no argument `region`. */
const GLOBAL = /^aws_(?:iam|route53|cloudfront|globalaccelerator|organizations)_/;

/** Data sources that read nothing. */
const READS_NOTHING = /^aws_(?:partition|iam_policy_document|default_tags)$/;

const REGION = 'eu-west-1';

/** What version 6 of the provider knows after the apply, and version 5 does not have. */
const LATER: Readonly<Record<string, Members>> = {
  aws_nat_gateway: {
    auto_provision_zones: true,
    auto_scaling_ips: true,
    availability_mode: true,
    availability_zone_address: true,
    regional_nat_gateway_address: true,
    route_table_id: true,
    vpc_id: true,
  },
  aws_ecs_service: { arn: true, deployment_configuration: true },
  aws_lb: { health_check_logs: [] },
  aws_api_gateway_integration: { response_transfer_mode: true },
};

/** What version 6 no longer has. */
const GONE: Readonly<Record<string, readonly string[]>> = { aws_eip: ['vpc'] };

const isRegional = (type: unknown): boolean =>
  typeof type === 'string' && type.startsWith('aws_') && !GLOBAL.test(type) && !READS_NOTHING.test(type);

/**
 * A plan of version 5 of the AWS provider as version 6 makes it: everything has a region, which modules are given by a variable that is
 * null. A resource has it in the plan, a data source that is read during the apply when it is read.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function inProviderSix(text: string): string {
  const plan = JSON.parse(text) as {
    readonly resource_changes: readonly Members[];
    readonly configuration: Members & { readonly root_module: Members };
    readonly prior_state?: { readonly values?: { readonly root_module?: { readonly resources?: readonly Members[] } } };
  };
  const read = plan.prior_state?.values?.root_module?.resources;
  return JSON.stringify({
    ...plan,
    resource_changes: plan.resource_changes.map(changed),
    configuration: { ...plan.configuration, root_module: moduleOf(plan.configuration.root_module, true) },
    ...(read === undefined
      ? {}
      : {
          prior_state: {
            values: { root_module: { resources: read.map((one) => ({ ...one, values: valued(one, one['values']) })) } },
          },
        }),
  });
}

function changed(one: Members): Members {
  const { before, after, after_unknown: unknown, ...change } = one['change'] as Members;
  const isLate = one['mode'] === 'data';
  const isCreated = before === undefined || before === null;
  const more = {
    ...(isCreated ? LATER[String(one['type'])] : {}),
    ...(isLate && isRegional(one['type']) ? { region: true } : {}),
  };
  return {
    ...one,
    change: {
      ...change,
      ...(before === undefined ? {} : { before: valued(one, before) }),
      ...(after === undefined ? {} : { after: isLate ? after : valued(one, after) }),
      after_unknown: typeof unknown === 'object' ? { ...unknown, ...more } : more,
    },
  };
}

function valued({ type }: Members, values: unknown): unknown {
  if (typeof values !== 'object' || values === null) return values;
  const kept = Object.entries(values).filter(([name]) => GONE[String(type)]?.includes(name) !== true);
  return { ...Object.fromEntries(kept), ...(isRegional(type) ? { region: REGION } : {}) };
}

function moduleOf(module: Members, isRoot: boolean): Members {
  const { resources = [], module_calls: calls = {}, variables = {}, ...rest } = module;
  return {
    ...rest,
    resources: (resources as readonly Members[]).map(({ expressions, ...one }) => ({
      ...one,
      expressions: {
        ...(expressions as Members | undefined),
        ...(isRoot || !isRegional(one['type']) ? {} : { region: { references: ['var.region'] } }),
      },
    })),
    module_calls: Object.fromEntries(
      Object.entries(calls as Readonly<Record<string, Members>>).map(
        ([name, { module: inner, expressions, ...one }]) => [
          name,
          {
            ...one,
            expressions: {
              ...(expressions as Members | undefined),
              ...(isRoot ? {} : { region: { references: ['var.region'] } }),
            },
            module: moduleOf(inner as Members, false),
          },
        ],
      ),
    ),
    variables: isRoot ? variables : { ...(variables as Members), region: { default: null } },
  };
}

/** Sources of modules for version 6. */
export function sourcesInProviderSix(
  sources: ReadonlyMap<string, ReadonlyMap<string, string>>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map([...sources].map(([key, files]) => [key, key === '' ? files : filesOf(files)]));
}

function filesOf(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const all = [...files].map(([name, text]) => {
    const given = text
      .replaceAll(/^(?:resource|data) "(\w+)" "[\w-]+" \{$/gm, (head, type: string) =>
        isRegional(type) ? `${head}\n  region = var.region` : head,
      )
      .replaceAll(/^module "[\w-]+" \{$/gm, (head) => `${head}\n  region = var.region`);
    return [name, given] as const;
  });
  return new Map([...all, ['region.tf', 'variable "region" {\n  type    = string\n  default = null\n}\n']]);
}
