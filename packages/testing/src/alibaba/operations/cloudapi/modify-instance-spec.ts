import type { ModifyInstanceSpecRequest, ModifyInstanceSpecResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { startSpecChange } from '../../cloud-api/instance/instance-life.js';
import { flag, required, text } from '../../cloud-api/request/parameters.js';
import { SPEC_NAME } from '../../cloud-api/instance/specs.js';
import { checkFreshToken, useToken } from '../../cloud-api/request/tokens.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyInstanceSpecRequest>, 'InstanceId' | 'InstanceSpec' | 'Token'>;

/**
 * Resizes a running instance. Conventional ones then wait until their users have added the new egress block,
 * unless the request skips the wait.
 */
export const modifyInstanceSpec = cloudApiAction<Input, Wire<ModifyInstanceSpecResponseBody>>({
  name: 'ModifyInstanceSpec',
  kind: 'write',
  parameters: {
    InstanceId: required(text),
    InstanceSpec: { type: 'string', required: true, pattern: SPEC_NAME },
    ModifyAction: { type: 'string', values: ['UPGRADE', 'DOWNGRADE'] },
    Token: { type: 'string', required: true, length: [1, 64] },
    AutoPay: flag,
    SkipWaitSwitch: flag,
  },
  run(call, input) {
    const row = getInstance(call.state, input.InstanceId);
    checkFreshToken(call, 'ModifyInstanceSpec', input);
    if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be resized.');
    if (row.status !== 'RUNNING') throw say.busy();
    if (row.spec === input.InstanceSpec)
      throw say.invalid('InstanceSpec', 'The instance has the specified spec already.');
    startSpecChange(call, row.id, input.InstanceSpec, input.SkipWaitSwitch === true);
    useToken(call, 'ModifyInstanceSpec', input);
    return {};
  },
});
