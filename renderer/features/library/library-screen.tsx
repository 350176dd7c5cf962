import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "./library.css";
import { assertNever } from "../../../core/contract/errors.ts";
import { useGo, useWindowState } from "../../app/context.tsx";
import type { Place } from "../../app/navigation.ts";
import { useRoute } from "../../app/routes.ts";
import { ScreenHead } from "../../ui/screen-head.tsx";
import { Bench } from "./bench.tsx";
import { CollectionActions } from "./collection-actions.tsx";
import { CollectionsColumn } from "./collections-column.tsx";
import { DataSetView } from "./data-set-view.tsx";
import { DocumentView } from "./document-view.tsx";
import { DropArea } from "./drop-area.tsx";
import { FilesView } from "./files-view.tsx";

type LibraryPlace = Extract<Place, { screen: "library" }>;

/** Collections, their files and documents, and the bench that tests how well they are found. */
export function LibraryScreen({ place }: { place: LibraryPlace }) {
  switch (place.view) {
    case "document":
      return <DocumentView target={place.target} />;
    case "data-set":
      return <DataSetView fileId={place.fileId} title={place.title} />;
    case "files":
    case "bench":
      return <LibraryHome view={place.view} />;
    default:
      return assertNever(place);
  }
}

function LibraryHome({ view }: { view: "files" | "bench" }) {
  const { t } = useTranslation();
  const go = useGo();
  const collectionId = useWindowState((state) => state.collectionId);
  const collections = useRoute("collections.list").data ?? [];
  const chosen = collections.find(({ id }) => id === collectionId) ?? null;
  return (
    <DropArea>
      <CollectionsColumn collections={collections} chosenId={chosen?.id ?? null} />
      <main className="screen" aria-labelledby="library-title">
        <ScreenHead id="library-title" title={chosen?.name ?? t("chooser.all")}>
          <CollectionActions collection={chosen} />
        </ScreenHead>
        <Tabs
          value={view}
          onChange={(next) => go({ screen: "library", view: next === "bench" ? "bench" : "files" })}
          className="library-tabs"
          keepMounted={false}
        >
          <Tabs.List aria-label={t("library.views")}>
            <Tabs.Tab value="files">{t("library.documents")}</Tabs.Tab>
            <Tabs.Tab value="bench">{t("bench.title")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="files" className="library-panel">
            <FilesView key={chosen?.id ?? 0} collectionId={chosen?.id ?? null} />
          </Tabs.Panel>
          <Tabs.Panel value="bench" className="library-panel">
            <Bench collectionId={chosen?.id ?? null} />
          </Tabs.Panel>
        </Tabs>
      </main>
    </DropArea>
  );
}
