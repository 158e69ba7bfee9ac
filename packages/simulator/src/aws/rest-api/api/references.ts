import type { AwsCall } from '../../operation/call.js';

/** An API, or one of its stages. */
interface Referenced {
  readonly apiId: string;
  /** Absent for the API with all its stages. */
  readonly stageName?: string;
}

/** The domain names that have a base path mapping to an API, or to one of its stages. */
export function mappedDomains(call: AwsCall, { apiId, stageName }: Referenced): string[] {
  return [...call.state.restApi.domainNames.values()]
    .filter(({ mappings }) =>
      [...mappings.values()].some((row) => row.apiId === apiId && (stageName === undefined || row.stage === stageName)),
    )
    .map(({ fields }) => fields.domainName);
}

/**
 * Takes a deleted stage, or all stages of a deleted API, out of the usage plans.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/14100
 */
export function leaveUsagePlans(call: AwsCall, { apiId, stageName }: Referenced): void {
  for (const [id, row] of call.state.restApi.usagePlans) {
    const { apiStages = [] } = row.fields;
    const kept = apiStages.filter(
      (used) => used.apiId !== apiId || (stageName !== undefined && used.stage !== stageName),
    );
    if (kept.length === apiStages.length) continue;
    call.state.restApi.usagePlans.set(id, { ...row, fields: { ...row.fields, apiStages: kept } });
  }
}
