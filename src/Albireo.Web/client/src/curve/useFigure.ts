import { useEffect, useState } from 'preact/hooks';
import { get, Refused } from '../api';
import type { Figure } from '../api';

/** A figure of the curve as it is now; the one before stays until the next is here. */
export function useFigure(name: string, version: string | undefined): { figure: Figure | null; problem: string | null } {
  const [figure, setFigure] = useState<Figure | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (version === undefined) {
      setFigure(null);
      return;
    }
    const abort = new AbortController();
    get<Figure>(`/api/figures/${name}`, abort.signal)
      .then((f) => {
        setFigure(f);
        setProblem(null);
      })
      .catch((e: unknown) => {
        if (e instanceof Refused) {
          setFigure(null);
          setProblem(e.message);
        }
      });
    return () => abort.abort();
  }, [name, version]);
  return { figure, problem };
}
