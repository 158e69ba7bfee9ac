import { htmlText } from '@postern/core/internal/report';
import type { FleetReport } from '../report/fleet-report.js';
import { approversHtml, stateHtml, tableSection } from '../report/html-table.js';

/** Section of a page: hand-overs. Absent of other goals. */
export function handoversHtml({ run, units }: Pick<FleetReport, 'run' | 'units'>): string {
  const rows = units.flatMap(({ spec, account, region, state, handedOver }) => {
    if (handedOver === undefined) return [];

    const {
      group,
      stage,
      gateway = 'not known yet',
      verdicts,
      routes,
      proven,
      accepted,
      records = [],
      left,
    } = handedOver;
    const judged = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
    const accepts = accepted === undefined || accepted === 0 ? '' : `, ${accepted} accepted`;
    return [
      [
        htmlText(`${account} ${region}`),
        htmlText(`${group} ${stage}`),
        htmlText(gateway),
        stateHtml(state),
        judged.map((text) => `<p>${htmlText(text)}</p>`).join(''),
        proven === undefined ? 'not called yet' : htmlText(`${proven} of ${routes} proven${accepts}`),
        records.map(({ name, share }) => `<p>${htmlText(`${name} ${share} %`)}</p>`).join('') || '0 %',
        approversHtml(run, spec, 'dns'),
        left.map((text) => `<p>${htmlText(text)}</p>`).join(''),
      ],
    ];
  });
  const head = ['account and region', 'group', 'gateway', 'state', 'assessed', 'routes', 'DNS', 'approved by', 'left'];
  return tableSection('Hand-overs', head, rows);
}
