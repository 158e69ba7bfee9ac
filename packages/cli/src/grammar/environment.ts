/** The variables that commands read; SDKs read more, as they document. */
export const ENVIRONMENT: readonly (readonly [name: string, description: string])[] = [
  ['AWS_REGION', 'region of AWS; its SDK reads it, too'],
  ['AWS_PROFILE', 'profile of the credentials of AWS, as its SDK reads it'],
  ['AWS_ENDPOINT_URL', 'endpoint of AWS, as its SDK reads it'],
  ['ALIBABA_CLOUD_REGION_ID', 'region of Alibaba Cloud; its tools read it, too'],
  ['ALIBABA_CLOUD_PROFILE', 'profile of the credentials of Alibaba Cloud, as its tools read it'],
  ['POSTERN_SIMULATOR', 'address of a simulator: every call goes there, none to a cloud'],
  ['POSTERN_PACKAGE_CLOUDS', 'ignore: programs that postern.clouds of package.json names do not run'],
  ['POSTERN_FLEET', 'address of the engine of fleets'],
  ['NO_COLOR', 'any value: no color'],
  ['FORCE_COLOR', '1: color, also where the output is not a terminal; 0: no color'],
];
