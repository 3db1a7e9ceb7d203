import type { ReactNode } from 'react'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { isPast } from '../lib/view'
import { useView } from '../shell/useView'
import { TotalsStrip } from '../strip/TotalsStrip'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Empty, Failure, Skeleton } from '../ui/states'
import { halvesOf } from '../compare/halves'
import { Bars } from './Bars'
import { Movers } from './Movers'
import { useForecast } from '../forecast/useForecast'
import { StandingCosts } from './StandingCosts'
import { Tiles } from './Tiles'
import { BestSavings, OpenIncidents } from './ToDo'
import { type Line, useOverview } from './useOverview'

/** Is anything wrong, and what is it worth: the window in money, and where to look. */
export function OverviewScreen(): ReactNode {
  const { view, patch, go } = useView()
  const head = useHead()
  const windows = useWindows(view)
  const { data, problem, retry, earlier } = useOverview(windows)
  const month = useForecast(windows)
  if (head.state === 'empty') return <Empty />
  if (head.state === 'failed' && head.problem) return <Failure problem={head.problem} retry={head.retry} />
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data || !head.meta || !windows.range || !earlier) return <Skeleton label="the overview" rows={10} />
  return (
    <div className={isPast(view) ? 'mapscreen past' : 'mapscreen'}>
      <section className="stage overview">
        <div className="overview-body">
          {problem && <Failure problem={problem} retry={retry} />}
          <Tiles overview={data} meta={head.meta} range={windows.range} earlier={earlier} month={month.data?.forecast ?? null} />
          <div className="panels">
            <Movers rows={data.diff.rows} compared={Boolean(data.diff.before.window.foldedMinutes)} halves={halvesOf(data.diff.before.window, { ...data.diff.after.window, to: windows.range.to })} onCompare={(range) => go('/compare', { ...range, against: 'prev' })} onPair={(source, destination) => go('/map', { only: [source, destination], mode: 'map', level: 'workload', selection: { kind: 'node', id: source } })} />
            <OpenIncidents />
            <BestSavings />
            <Bars title="By the way the bytes take" {...data.paths} name={pathName} />
            <Bars title="By who asked for them" {...data.causers} name={namespaceName} />
            <Bars title="By charge code" {...data.codes} name={codeName} />
            <StandingCosts rows={data.paths.standing} />
          </div>
        </div>
        <TotalsStrip view={view} windows={windows} patch={patch} />
      </section>
    </div>
  )
}

function groupOf(line: Line): string {
  return line.group[0] ?? ''
}

function namespaceName(line: Line): ReactNode {
  return named(groupOf(line), 'no namespace')
}

function codeName(line: Line): ReactNode {
  return named(groupOf(line), 'on no bill')
}

function named(text: string, otherwise: string): ReactNode {
  return text === '' ? <span className="quiet">{otherwise}</span> : <Name of={text} longest={40} />
}

function pathName(line: Line): ReactNode {
  const text = groupOf(line)
  const at = text.indexOf(':')
  return <><PathMark path={text} /> {at >= 0 && <span className="quiet"><Name of={text.slice(at + 1)} longest={32} /></span>}</>
}
