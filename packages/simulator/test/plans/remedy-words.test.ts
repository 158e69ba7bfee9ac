import { plans } from '@postern/alibaba/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { alibaba } from './literal/alibaba/index.js';

/** Words of a spec, which who has a plan does not have. */
const OF_A_SPEC = /postern apply|integrations\.|\blinks\.\w|assume\.|the spec/;

it('a remedy of a plan of Alibaba Cloud names arguments of Terraform', async () => {
  const { valid, plan, base } = await alibaba();
  const values = valid();
  // The classic load balancer listens for HTTP on this port.
  values['accesses'].balancer.port = 8080;
  const document = JSON.parse(plan(values)) as { readonly resource_changes: readonly any[] };
  const [changed] = document.resource_changes.filter(({ address }) => address === 'alicloud_api_gateway_api.a1');
  changed.change.after.http_vpc_service_config[0].vpc_scheme = 'HTTPS';
  const { findings } = judgeTerraform(readTerraform(JSON.stringify(document)), base, {
    plans: [plans],
    region: 'cn-hangzhou',
  });
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'PROTOCOL_UNFIT',
      remedy: expect.stringContaining(
        'Write HTTP as http_vpc_service_config.vpc_scheme of alicloud_api_gateway_api.a1, or http in its address',
      ),
    }),
  );
  expect(findings.filter(({ remedy }) => OF_A_SPEC.test(remedy ?? ''))).toEqual([]);
});
