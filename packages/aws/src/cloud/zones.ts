/**
 * The Availability Zones, by id, in which API Gateway serves VPC links V2. Ids mean the same in every account, names
 * (`us-east-1a`) do not. The table may grow; for a region that it lacks the answer is unknown, not no.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
const SERVED_ZONES: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6'],
  'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
  'us-west-1': ['usw1-az1', 'usw1-az3'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3', 'usw2-az4'],
  'ca-central-1': ['cac1-az1', 'cac1-az2'],
  'sa-east-1': ['sae1-az1', 'sae1-az2', 'sae1-az3'],
  'eu-central-1': ['euc1-az1', 'euc1-az2', 'euc1-az3'],
  'eu-west-1': ['euw1-az1', 'euw1-az2', 'euw1-az3'],
  'eu-west-2': ['euw2-az1', 'euw2-az2', 'euw2-az3'],
  'eu-west-3': ['euw3-az1', 'euw3-az3'],
  'eu-north-1': ['eun1-az1', 'eun1-az2', 'eun1-az3'],
  'eu-south-2': ['eus2-az1', 'eus2-az2', 'eus2-az3'],
  'me-south-1': ['mes1-az1', 'mes1-az2', 'mes1-az3'],
  'ap-east-1': ['ape1-az2', 'ape1-az3'],
  'ap-south-1': ['aps1-az1', 'aps1-az2', 'aps1-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
  'ap-northeast-2': ['apne2-az1', 'apne2-az2', 'apne2-az3'],
  'ap-southeast-1': ['apse1-az1', 'apse1-az2', 'apse1-az3'],
  'ap-southeast-2': ['apse2-az1', 'apse2-az2', 'apse2-az3'],
  'us-gov-west-1': ['usgw1-az1', 'usgw1-az2', 'usgw1-az3'],
  // No private integrations of HTTP APIs: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html
  'us-gov-east-1': [],
};

/** Zones that existed, and were not among those that serve links, when the table was read. A zone of neither may be newer. */
const OTHER_ZONES: ReadonlySet<string> = new Set([
  'use1-az3',
  'usw1-az2',
  'cac1-az4',
  'euw3-az2',
  'ape1-az1',
  'apne1-az3',
  'apne2-az4',
]);

/** The IDs of the zones that serve links in `region`, or `undefined` where they are not known. */
export function servedZones(region: string): readonly string[] | undefined {
  return Object.hasOwn(SERVED_ZONES, region) ? SERVED_ZONES[region] : undefined;
}

/** Whether links are available in a zone, given its id (`euw3-az2`): `unknown` in regions and zones that the tables lack. */
export function zoneServesLinks(region: string, zoneId: string): 'yes' | 'no' | 'unknown' {
  const served = servedZones(region);
  if (served === undefined) return 'unknown';
  if (served.includes(zoneId)) return 'yes';

  return served.length === 0 || OTHER_ZONES.has(zoneId) ? 'no' : 'unknown';
}
