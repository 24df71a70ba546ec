"""DuckDB: the only place that opens it.

A run goes like this; every function says more::

    paths = WarehousePaths(folder)                                   # paths
    with WriterLock(paths):                                          # lock     WriterBusyError: exit 75
        con = open_writer(paths)                                     # connection
        install(con)                                                 # install
        mark_crashed(con, now)                                       # runs
        start_run(con, Run(...))
        forget_segments(con, paths)                                  # manifest
        losses = verify_manifest(con, paths)
        for name in (*losses.segments, *forget_documents(con, losses.documents, paths)):
            segment, archived = read_segment(paths, name)            # raw: load these again, batch_id = name
        for each batch of inputs:
            documents, doubled = choose_documents(documents)         # precedence
            known = known_documents(con, documents, version)         # need no work: duplicates
            segment = store_records(con, paths, records, now)        # raw: before the load
            accepted = accept_frames(make_frames(extractions))       # acceptance
            load_batch(con, CheckedBatch(..., segment=segment))      # load: one transaction
        settle_documents(con)                                        # settle
        finish_run(con, run_id, state, now)
        con.close()
        publish(paths)                                               # publish: what readers open

``rebuild`` is ``set_aside(paths)`` and then a run without sources: every segment of the raw archive counts as lost.
"""
