import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/retiring`. */
export const retiringWords = {
  title: 'The product that the link is of is not being retired',
  about:
    'Alibaba Cloud ends API Gateway (Traditional), step by step: no new purchases since 2026-08-23, no renewals and upgrades after ' +
    '2027-03-21, and the service itself, with console and support, on 2027-09-21. The days are counted in Beijing time, from the ' +
    'moment of the snapshot. Its successor is Cloud-native API Gateway, for which there is a migration tool. Where the spec wants a ' +
    'new instance after the last day of sale, or any after the last day of the service, that is an error.',
  sources: [
    'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/use-cases/migrate-to-cloud-native-api-gateway-by-tool/',
  ],
  says: {
    NO_END_ANNOUNCED: () => 'nobody has announced an end of this product',
    END_ANNOUNCED: ({
      newsOf,
      dates,
      remedy,
    }: {
      readonly newsOf: string;
      readonly dates: readonly string[];
      readonly remedy: string;
    }) => ({ message: `${newsOf}: ${dates.join('; ')}`, remedy: remedy }),
  },
} satisfies CheckWords;
