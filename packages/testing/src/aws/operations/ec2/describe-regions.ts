import type { DescribeRegionsRequest, DescribeRegionsResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue } from '../../ec2/request/errors.js';
import { applyFilters, type FilterTable } from '../../ec2/request/filters.js';
import { allRegions } from '../../ec2/subnet/zones.js';
import { partitionOf } from '../../partition.js';

interface Row {
  readonly name: string;
  readonly endpoint: string;
  readonly optIn: string;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html (Filter.N) */
const FILTERS: FilterTable<Row> = {
  endpoint: (row) => row.endpoint,
  'opt-in-status': (row) => row.optIn,
  'region-name': (row) => row.name,
};

/**
 * The regions of the caller's partition that the account can use; with AllRegions, the others, too. A region that has
 * been called is one that the account has opted into.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
 */
export const describeRegions = ec2Operation({
  name: 'DescribeRegions',
  kind: 'read',
  run: (call, input: DescribeRegionsRequest): DescribeRegionsResult => {
    const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    const rows = allRegions()
      .filter((region) => partitionOf(region.name) === call.partition)
      .map(({ name, optIn }): Row => {
        const used = optIn === 'not-opted-in' && call.aws.regions.has(name);
        return { name, endpoint: `ec2.${name}.${suffix}`, optIn: used ? 'opted-in' : optIn };
      });
    const names = input.RegionNames ?? [];
    const unknown = names.filter((name) => !rows.some((row) => row.name === name));
    if (unknown.length > 0) throw invalidValue(`Invalid region: [${unknown.join(', ')}]`); // [U] sentence
    const wanted = rows.filter((row) =>
      names.length > 0 ? names.includes(row.name) : input.AllRegions === true || row.optIn !== 'not-opted-in',
    );
    return {
      Regions: applyFilters(wanted, input.Filters, FILTERS).map((row) => ({
        RegionName: row.name,
        Endpoint: row.endpoint,
        OptInStatus: row.optIn,
      })),
    };
  },
});
