import type { SettingWords } from '@postern/core/internal/overlay';

/** The name towards a backend is one of its authorization, which not every version of the provider has as an argument. */
const NAME_OF_ACCESS = 'the host name of its VPC access authorization (VpcTargetHostName)';

/** How settings of a target are written in plans, for API groups. */
export const groupWords: Readonly<Record<'api-group', SettingWords>> = {
  // Of an API that names an address the scheme is part of it.
  'api-group': {
    withTls: (at) => `Write HTTPS as ${at(['http_vpc_service_config', 'vpc_scheme'])}, or https in its address`,
    withoutTls: (at) => `Write HTTP as ${at(['http_vpc_service_config', 'vpc_scheme'])}, or http in its address`,
    serverName: () => NAME_OF_ACCESS,
    host: () => `Write the host that the rule matches as ${NAME_OF_ACCESS}`,
  },
};
