import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk, useGo } from "../../app/context.tsx";
import { ScreenHead } from "../../ui/screen-head.tsx";
import { BackButton } from "./document-view.tsx";

const pageSize = 200;

/** The documents of a data set, one per line of its file. */
export function DataSetView({ fileId, title }: { fileId: number; title: string }) {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const go = useGo();
  const documents = useInfiniteQuery({
    queryKey: ["documents.list", fileId],
    queryFn: ({ pageParam }) => ipc.call("documents.list", { fileId, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length < pageSize ? undefined : all.length * pageSize),
  });
  return (
    <main className="screen" aria-labelledby="data-set-title">
      <ScreenHead id="data-set-title" title={title} lead={<BackButton />} />
      <div className="screen-scroll">
        <ul className="data-set" aria-label={t("library.documents")}>
          {documents.data?.pages.flat().map((document) => (
            <li key={document.id}>
              <button
                type="button"
                className="side-row"
                onClick={() =>
                  go({
                    screen: "library",
                    view: "document",
                    target: { documentId: document.id, range: null },
                  })
                }
              >
                <span className="clip">{document.title}</span>
                <span className="quiet small">{document.key}</span>
              </button>
            </li>
          ))}
        </ul>
        {documents.hasNextPage && (
          <Button variant="default" className="data-set-more" onClick={() => void documents.fetchNextPage()}>
            {t("library.showMore")}
          </Button>
        )}
      </div>
    </main>
  );
}
