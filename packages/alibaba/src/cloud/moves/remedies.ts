import type { MoveRemedies } from '@postern/core/kinds';

/** Changes of APIs and authorizations in API Gateway. */
export const ALIBABA_MOVE_REMEDIES: MoveRemedies = {
  lead: ({ name, uses, isTarget }, where) =>
    isTarget
      ? `point the authorization ${name} to ${where} (ModifyVpcAccessAndUpdateApis)`
      : `point ${uses} to ${where}`,
  byCheck: {
    'target/intranet': ({ networkId, lead }) => `${lead(`an internal CLB instance of ${networkId ?? 'the VPC'}`)}.`,
    'target/protocol': ({ uses, isTls, lead }) =>
      `Change the scheme of ${uses} to ${isTls ? 'http' : 'https'} (VpcScheme, in the draft and by DeployApi on each stage), or ${lead(`a listener for ${isTls ? 'HTTPS' : 'HTTP'}`)}.`,
  },
};
